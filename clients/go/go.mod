module tandem.dev/client

go 1.25.0

require (
	connectrpc.com/connect v1.20.0
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260825221802-da73d73af1c5
	google.golang.org/protobuf v1.36.12
)
