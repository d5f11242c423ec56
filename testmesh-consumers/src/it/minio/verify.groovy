context.minio.close()
def checks = evaluate(new File(basedir, "../../../src/it/checks.groovy"))
checks.atMost(checks.jars(basedir), 18_000_000)
checks.failure(basedir, "cannot connect to the S3 server at 127.0.0.1:")
