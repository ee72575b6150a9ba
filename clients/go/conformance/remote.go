package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"connectrpc.com/connect"
	_ "google.golang.org/grpc/health/grpc_health_v1" // makes its methods known
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/emptypb"

	tandem "tandem.dev/client"
)

// remote speaks the wires of the client, with messages made by their descriptors.
type remote struct {
	client *tandem.Client
}

func (r remote) speak(ctx context.Context, call call, message func(json.RawMessage) bool) error {
	input, output, streams := typesOf(call.Method)
	request := dynamicpb.NewMessage(input)
	if err := protojson.Unmarshal(call.Request, request); err != nil {
		return fmt.Errorf("the request is no message: %w", err)
	}
	for name, value := range call.Headers {
		ctx = tandem.WithHeader(ctx, name, value)
	}
	made := connect.WithResponseInitializer(func(_ connect.Spec, message any) error {
		*message.(*dynamicpb.Message) = *dynamicpb.NewMessage(output)
		return nil
	})
	if !streams {
		answer, err := tandem.Unary[dynamicpb.Message, dynamicpb.Message](ctx, r.client, "/"+call.Method, request, made)
		if err != nil {
			return err
		}
		_, err = tell(answer, message)
		return err
	}
	for piece, err := range tandem.ServerStream[dynamicpb.Message, dynamicpb.Message](ctx, r.client, "/"+call.Method, request, made) {
		if err != nil {
			return err
		}
		more, err := tell(piece, message)
		if err != nil || !more {
			return err
		}
	}
	return nil
}

func tell(answer *dynamicpb.Message, message func(json.RawMessage) bool) (more bool, err error) {
	text, err := protojson.Marshal(answer)
	return err == nil && message(text), err
}

// typesOf a method that nobody knows is the empty message, and one answer.
func typesOf(method string) (input, output protoreflect.MessageDescriptor, streams bool) {
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(strings.ReplaceAll(method, "/", ".")))
	if known, ok := found.(protoreflect.MethodDescriptor); err == nil && ok {
		return known.Input(), known.Output(), known.IsStreamingServer()
	}
	empty := (&emptypb.Empty{}).ProtoReflect().Descriptor()
	return empty, empty, false
}
