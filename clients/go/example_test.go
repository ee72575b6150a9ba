package tandem_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"time"

	"google.golang.org/protobuf/proto"

	tandem "tandem.dev/client"
	tandemv1 "tandem.dev/client/gen/tandem/v1"
)

func ExampleClient_Stream() {
	client, err := tandem.New("127.0.0.1:8080")
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	request := &tandemv1.ChatRequest{
		Model:    "default",
		Messages: []*tandemv1.ChatMessage{tandem.User("Name the capital of France.")},
	}
	for chunk, err := range client.Stream(ctx, request) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(tandem.Text(chunk))
	}
}

func ExampleItems() {
	type person struct {
		Name string `json:"name"`
		Born int    `json:"born" description:"the year of birth"`
	}
	client, err := tandem.New("127.0.0.1:8080")
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	request := &tandemv1.ExtractRequest{Model: "default", Text: proto.String("Ada was born in 1815, Charles in 1791.")}
	for found, err := range tandem.Items[person](context.Background(), client, request) {
		var rejected *tandem.RejectedError
		switch {
		case errors.As(err, &rejected):
			fmt.Println(len(rejected.Items), "were not valid")
		case err != nil:
			log.Fatal(err)
		default:
			fmt.Println(found.Name, found.Born)
		}
	}
}

func ExampleError() {
	client, err := tandem.New("tandem.example:443", tandem.WithTLS(nil), tandem.WithAPIKey("tdm_…"))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	_, err = client.Models(context.Background())
	var failed *tandem.Error
	if errors.As(err, &failed) {
		fmt.Println(failed.Status(), failed.Reason, failed.RequestID, failed.RetryAfter)
	}
}
