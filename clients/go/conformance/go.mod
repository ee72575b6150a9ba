module tandem.dev/client/conformance

go 1.26.0

require (
	connectrpc.com/connect v1.20.0
	google.golang.org/grpc v1.85.0
	google.golang.org/protobuf v1.36.12
	tandem.dev/client v0.1.0
)

require (
	golang.org/x/net v0.60.0 // indirect
	golang.org/x/sys v0.48.0 // indirect
	golang.org/x/text v0.42.0 // indirect
	google.golang.org/genproto/googleapis/rpc v0.0.0-20260825221802-da73d73af1c5 // indirect
)

replace tandem.dev/client => ../
