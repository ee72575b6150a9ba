package tandem

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"

	"google.golang.org/protobuf/proto"

	tandemv1 "tandem.dev/client/gen/tandem/v1"
	"tandem.dev/client/gen/tandem/v1/tandemv1connect"
)

// Extract reads one value out of a text into what a pointer points to. The value is valid by its schema, which is that of [SchemaOf], or the
// one that the request has. Where into is a protobuf message that the server knows, the server makes the schema of that.
//
// The answer has the value's JSON, the tries and the usage.
func (c *Client) Extract(ctx context.Context, request *tandemv1.ExtractRequest, into any) (*tandemv1.Extraction, error) {
	asked, err := asking(request, reflect.TypeOf(into))
	if err != nil {
		return nil, err
	}
	found, err := c.Extraction(ctx, asked)
	if err != nil {
		return nil, err
	}
	return found, read(found, into)
}

// Extraction is Extract without a value to read into; the request says what is wanted.
func (c *Client) Extraction(ctx context.Context, request *tandemv1.ExtractRequest) (*tandemv1.Extraction, error) {
	return Unary[tandemv1.ExtractRequest, tandemv1.Extraction](ctx, c, tandemv1connect.ExtractionServiceExtractProcedure, request)
}

// ExtractPartial reads one object out of a text and shows it while it grows; only the last message is valid by the schema. The request says
// what is wanted.
func (c *Client) ExtractPartial(ctx context.Context, request *tandemv1.ExtractRequest) iter.Seq2[*tandemv1.PartialExtraction, error] {
	return ServerStream[tandemv1.ExtractRequest, tandemv1.PartialExtraction](
		ctx, c, tandemv1connect.ExtractionServiceExtractPartialProcedure, request)
}

// ExtractItems is [Items] as the server tells it; the request says what an item is.
func (c *Client) ExtractItems(ctx context.Context, request *tandemv1.ExtractRequest) iter.Seq2[*tandemv1.ItemEvent, error] {
	return ServerStream[tandemv1.ExtractRequest, tandemv1.ItemEvent](
		ctx, c, tandemv1connect.ExtractionServiceExtractItemsProcedure, request)
}

// Items reads a list out of a text, each item as soon as it is complete and valid. T is a struct, or a pointer to a protobuf message.
//
// An error is the last pair. Items that were not valid to the last are not sent: then the last pair is a [*RejectedError], and those before it
// stay valid.
func Items[T any](ctx context.Context, c *Client, request *tandemv1.ExtractRequest) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		asked, err := asking(request, reflect.TypeFor[T]())
		if err != nil {
			yield(none, err)
			return
		}
		for event, err := range c.ExtractItems(ctx, asked) {
			if err == nil && event.GetItem() == nil {
				if rejected := event.GetEnd().GetRejected(); len(rejected) > 0 {
					yield(none, &RejectedError{Items: rejected})
				}
				continue
			}
			var item T
			if err == nil {
				item, err = readNew[T](event.GetItem())
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

// RejectedError tells of items that stayed invalid. They were not sent.
type RejectedError struct {
	Items []*tandemv1.RejectedItem
}

// Error has the first problem.
func (e *RejectedError) Error() string {
	first := ""
	if problems := e.Items[0].GetProblems(); len(problems) > 0 {
		first = ": " + problems[0]
	}
	return fmt.Sprintf("tandem: %d items of the list were not valid%s", len(e.Items), first)
}

var protoMessage = reflect.TypeFor[proto.Message]()

// asking says in a copy of the request what is wanted, unless it does so already.
func asking(request *tandemv1.ExtractRequest, wanted reflect.Type) (*tandemv1.ExtractRequest, error) {
	asked := proto.CloneOf(request)
	if wanted != nil && wanted.Implements(protoMessage) {
		name := reflect.Zero(wanted).Interface().(proto.Message).ProtoReflect().Descriptor().FullName()
		asked.Wanted = &tandemv1.ExtractRequest_MessageType{MessageType: string(name)}
		asked.Binary = proto.Bool(true)
		return asked, nil
	}
	if asked.GetWanted() != nil {
		return asked, nil
	}
	if wanted != nil && wanted.Kind() == reflect.Pointer {
		wanted = wanted.Elem()
	}
	schema, err := schemaText(wanted)
	asked.Wanted = &tandemv1.ExtractRequest_Schema{Schema: schema}
	return asked, err
}

// found is an Extraction or an item of a list.
type found interface {
	GetValue() string
	GetMessage() []byte
}

func read(from found, into any) error {
	if message, ok := into.(proto.Message); ok {
		return proto.Unmarshal(from.GetMessage(), message)
	}
	return json.Unmarshal([]byte(from.GetValue()), into)
}

func readNew[T any](from found) (T, error) {
	var value T
	if message, ok := any(value).(proto.Message); ok {
		made := message.ProtoReflect().New().Interface()
		return made.(T), read(from, made)
	}
	return value, read(from, &value)
}
