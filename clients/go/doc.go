// Package tandem is a client for Tandem: chat, typed extraction and embeddings over gRPC.
//
// Messages are in tandem.dev/client/gen/tandem/v1.
package tandem
