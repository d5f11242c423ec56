// The broker of the flows; ends with this Maven if it is not ended before.
context.kafka = io.testmesh.backends.KafkaServer.start()
new File(basedir, "brokers.txt").text = context.kafka.brokers()
return true
