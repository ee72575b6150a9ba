package tandem

import tandemv1 "tandem.dev/client/gen/tandem/v1"

// System is instructions by whoever runs the application.
func System(text string) *tandemv1.ChatMessage {
	return message(tandemv1.Role_ROLE_SYSTEM, text)
}

// User is what the person who asks says.
func User(text string) *tandemv1.ChatMessage {
	return message(tandemv1.Role_ROLE_USER, text)
}

// Assistant is what the model said earlier.
func Assistant(text string) *tandemv1.ChatMessage {
	return message(tandemv1.Role_ROLE_ASSISTANT, text)
}

// Text is what a chunk adds to the text of the first choice. Empty where there is none, as in a chunk with the usage.
func Text(chunk *tandemv1.ChatChunk) string {
	if len(chunk.GetChoices()) == 0 {
		return ""
	}
	return chunk.GetChoices()[0].GetDelta().GetContent()
}

// Answer is the text of the first choice.
func Answer(completion *tandemv1.ChatCompletion) string {
	if len(completion.GetChoices()) == 0 {
		return ""
	}
	return completion.GetChoices()[0].GetMessage().GetContent()
}

// Inputs are texts of an embedding request.
func Inputs(texts ...string) []*tandemv1.EmbeddingInput {
	inputs := make([]*tandemv1.EmbeddingInput, len(texts))
	for i, text := range texts {
		inputs[i] = &tandemv1.EmbeddingInput{Input: &tandemv1.EmbeddingInput_Text{Text: text}}
	}
	return inputs
}

func message(role tandemv1.Role, text string) *tandemv1.ChatMessage {
	return &tandemv1.ChatMessage{
		Role:    role,
		Content: []*tandemv1.ContentPart{{Part: &tandemv1.ContentPart_Text{Text: text}}},
	}
}
