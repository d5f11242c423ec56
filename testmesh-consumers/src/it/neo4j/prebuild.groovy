// The server of the flows; ends with this Maven if it is not ended before.
context.neo4j = io.testmesh.backends.Neo4jServer.start()
new File(basedir, "server.txt").text = context.neo4j.url()
return true
