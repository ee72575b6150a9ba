package dev.tandem.bedrock;

import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.MessageStopEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ReasoningContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * Reads the API's events, and its whole answers. Events of a kind that is not known are nothing.
 */
final class Reader implements ConverseStreamResponseHandler.Visitor {
    private static final String FOREIGN = "it answers with what nobody asked for";

    private final Answer answer;

    Reader(Answer answer) {
        this.answer = answer;
    }

    void event(ConverseStreamOutput event) {
        event.accept(this);
    }

    @Override
    public void visitMessageStart(MessageStartEvent event) {
        answer.begin();
    }

    @Override
    public void visitContentBlockStart(ContentBlockStartEvent event) {
        if (event.start() == null) {
            return; // a block of text may begin so
        }
        switch (event.start().type()) {
            case TOOL_USE ->
                    answer.call(
                            event.contentBlockIndex(),
                            event.start().toolUse().toolUseId(),
                            event.start().toolUse().name());
            case UNKNOWN_TO_SDK_VERSION -> {}
            default -> throw new BrokenAnswerException(FOREIGN);
        }
    }

    @Override
    public void visitContentBlockDelta(ContentBlockDeltaEvent event) {
        ContentBlockDelta delta = event.delta();
        if (delta == null) {
            throw new BrokenAnswerException("it sends news without content");
        }
        switch (delta.type()) {
            case TEXT -> answer.text(delta.text());
            case TOOL_USE -> answer.input(event.contentBlockIndex(), delta.toolUse().input());
            case REASONING_CONTENT -> reasoning(delta.reasoningContent());
            case CITATION, UNKNOWN_TO_SDK_VERSION -> {}
            default -> throw new BrokenAnswerException(FOREIGN);
        }
    }

    private void reasoning(ReasoningContentBlockDelta delta) {
        switch (delta.type()) {
            case TEXT -> answer.reasoning(delta.text());
            case SIGNATURE -> answer.signature(delta.signature());
            case REDACTED_CONTENT -> answer.redacted(delta.redactedContent());
            default -> {}
        }
    }

    @Override
    public void visitContentBlockStop(ContentBlockStopEvent event) {
        answer.endBlock(event.contentBlockIndex());
    }

    @Override
    public void visitMessageStop(MessageStopEvent event) {
        answer.finish(event.stopReasonAsString());
    }

    @Override
    public void visitMetadata(ConverseStreamMetadataEvent event) {
        if (event.usage() != null) {
            answer.usage(event.usage());
        }
    }

    /** An answer that came whole. */
    void whole(ConverseResponse response) {
        if (response.output() == null || response.output().message() == null) {
            throw new BrokenAnswerException("its answer has no message");
        }
        answer.begin();
        int number = 0;
        for (ContentBlock block : response.output().message().content()) {
            block(number++, block);
        }
        answer.finish(String.valueOf(response.stopReasonAsString()));
        if (response.usage() != null) {
            answer.usage(response.usage());
        }
        answer.end();
    }

    private void block(int number, ContentBlock block) {
        switch (block.type()) {
            case TEXT -> answer.text(block.text());
            case TOOL_USE -> {
                ToolUseBlock call = block.toolUse();
                answer.call(number, call.toolUseId(), call.name());
                if (call.input() != null) {
                    answer.input(number, Documents.write(call.input()));
                }
                answer.endBlock(number);
            }
            case REASONING_CONTENT -> reasoning(block.reasoningContent());
            case UNKNOWN_TO_SDK_VERSION -> {}
            default -> throw new BrokenAnswerException(FOREIGN);
        }
    }

    private void reasoning(ReasoningContentBlock block) {
        switch (block.type()) {
            case REASONING_TEXT -> {
                answer.reasoning(block.reasoningText().text());
                if (block.reasoningText().signature() != null) {
                    answer.signature(block.reasoningText().signature());
                }
            }
            case REDACTED_CONTENT -> answer.redacted(block.redactedContent());
            default -> {}
        }
    }
}
