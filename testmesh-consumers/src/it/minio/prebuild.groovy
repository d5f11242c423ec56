// The server of the flows; ends with this Maven if it is not ended before.
context.minio = io.testmesh.backends.MinioServer.start()
new File(basedir, "server.txt").text = context.minio.endpoint()
return true
