package tandem

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"sync"

	"connectrpc.com/connect"

	tandemv1 "tandem.dev/client/gen/tandem/v1"
	"tandem.dev/client/gen/tandem/v1/tandemv1connect"
)

// Version is the version of this module.
const Version = "0.1.0"

// Client is a connection to a server. It is safe for concurrent use.
//
// A call ends with its context, on the server too. Every error is an [*Error].
type Client struct {
	baseURL string
	http    *http.Client
	options []connect.ClientOption
	token   TokenSource
	retries *retries
	// methods has a *connect.Client for each procedure and pair of types that was called.
	methods sync.Map
}

// New makes a client for the server at an address: host and port. It connects with the first call.
func New(address string, options ...Option) (*Client, error) {
	settings := defaults()
	for _, option := range options {
		if err := option(&settings); err != nil {
			return nil, err
		}
	}
	if strings.Contains(address, "://") {
		return nil, fmt.Errorf("tandem: the address is a host and a port without a scheme, as 127.0.0.1:8080, and not %s", address)
	}
	scheme := "http://"
	if settings.tls != nil {
		scheme = "https://"
	}
	return &Client{
		baseURL: scheme + address,
		http:    &http.Client{Transport: settings.transport(), CheckRedirect: stay},
		options: settings.connect(),
		token:   settings.token,
		retries: newRetries(settings.retry),
	}, nil
}

// Close closes the connections that no call uses.
func (c *Client) Close() {
	c.http.CloseIdleConnections()
}

// Chat answers a conversation, when the answer is complete.
func (c *Client) Chat(ctx context.Context, request *tandemv1.ChatRequest) (*tandemv1.ChatCompletion, error) {
	return Unary[tandemv1.ChatRequest, tandemv1.ChatCompletion](ctx, c, tandemv1connect.ChatServiceCompleteProcedure, request)
}

// Stream answers a conversation token by token. Leaving the loop ends the call on the server. An error is the last pair.
func (c *Client) Stream(ctx context.Context, request *tandemv1.ChatRequest) iter.Seq2[*tandemv1.ChatChunk, error] {
	return ServerStream[tandemv1.ChatRequest, tandemv1.ChatChunk](ctx, c, tandemv1connect.ChatServiceStreamProcedure, request)
}

// Embed turns texts into vectors.
func (c *Client) Embed(ctx context.Context, request *tandemv1.EmbeddingRequest) (*tandemv1.EmbeddingResponse, error) {
	return Unary[tandemv1.EmbeddingRequest, tandemv1.EmbeddingResponse](ctx, c, tandemv1connect.EmbeddingServiceEmbedProcedure, request)
}

// Models lists the models.
func (c *Client) Models(ctx context.Context) ([]*tandemv1.Model, error) {
	listed, err := Unary[tandemv1.ListModelsRequest, tandemv1.ListModelsResponse](
		ctx, c, tandemv1connect.ModelServiceListModelsProcedure, &tandemv1.ListModelsRequest{})
	return listed.GetData(), err
}

// Model describes a model.
func (c *Client) Model(ctx context.Context, name string) (*tandemv1.Model, error) {
	return Unary[tandemv1.GetModelRequest, tandemv1.Model](
		ctx, c, tandemv1connect.ModelServiceGetModelProcedure, &tandemv1.GetModelRequest{Model: name})
}

// stay follows no redirects: a key belongs to one server.
func stay(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse
}
