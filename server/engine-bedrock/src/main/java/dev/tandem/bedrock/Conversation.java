package dev.tandem.bedrock;

import dev.tandem.engines.Refusal;
import dev.tandem.v1.ChatMessage;
import dev.tandem.v1.ContentPart;
import dev.tandem.v1.Role;
import dev.tandem.v1.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlock;

/**
 * A conversation as the API takes it: what the system says apart, then turns of user and assistant
 * by turns. Tools' results are a user's; neighbours of one side become one turn.
 *
 * @param usesTools is there a call of a tool, or a result?
 */
record Conversation(List<SystemContentBlock> system, List<Message> turns, boolean usesTools) {
    /**
     * The conversation of a request.
     *
     * @param reasoning takes the model's earlier reasoning
     */
    static Conversation of(List<ChatMessage> messages, Reasoning reasoning) {
        Builder builder = new Builder(reasoning);
        for (int i = 0; i < messages.size(); i++) {
            builder.add(messages.get(i), "messages[" + i + "]");
        }
        return builder.build();
    }

    private static final class Builder {
        /** Those whose name is the tool's, which their call tells too. */
        private static final Set<Role> NAMED = Set.of(Role.ROLE_TOOL, Role.ROLE_FUNCTION);

        private final Reasoning reasoning;
        private final List<SystemContentBlock> system = new ArrayList<>();
        private final List<Message> turns = new ArrayList<>();
        private final List<ContentBlock> turn = new ArrayList<>();
        private ConversationRole side = ConversationRole.UNKNOWN_TO_SDK_VERSION;
        private boolean usesTools;

        Builder(Reasoning reasoning) {
            this.reasoning = reasoning;
        }

        void add(ChatMessage message, String path) {
            Role role = message.getRole();
            checkFields(message, path);
            switch (role) {
                case ROLE_SYSTEM, ROLE_DEVELOPER -> addSystem(message, path);
                case ROLE_USER -> say(ConversationRole.USER, user(message, path));
                case ROLE_ASSISTANT -> say(ConversationRole.ASSISTANT, assistant(message, path));
                case ROLE_TOOL -> say(ConversationRole.USER, result(message, path));
                default ->
                        throw Refusal.unsupportedValue(
                                path + ".role",
                                "This model knows system, user, assistant and tool; results of"
                                        + " functions are those of tools.");
            }
        }

        private void checkFields(ChatMessage message, String path) {
            Refusals.checkExtras(message.getExtraMap(), path + ".", Reasoning.FIELDS);
            Refusals.refuse(
                    message.hasName() && !NAMED.contains(message.getRole()),
                    path + ".name",
                    "This model tells no speakers apart; write the name into the text.");
            Refusals.refuse(
                    message.hasAudio(), path + ".audio", "This model hears nothing; send text.");
            Refusals.refuse(
                    message.hasFunctionCall(),
                    path + ".function_call",
                    "This model knows no functions; send `tool_calls`.");
        }

        private void addSystem(ChatMessage message, String path) {
            Refusals.refuse(
                    side != ConversationRole.UNKNOWN_TO_SDK_VERSION,
                    path + ".role",
                    "This model takes system messages in front of all others only.");
            List<ContentPart> parts = message.getContentList();
            for (int i = 0; i < parts.size(); i++) {
                String place = path + ".content[" + i + "]";
                String text = Parts.text(parts.get(i), place);
                if (!text.isEmpty()) {
                    system.add(SystemContentBlock.fromText(text));
                }
                if (parts.get(i).hasPromptCacheBreakpoint()) {
                    system.add(
                            SystemContentBlock.fromCachePoint(
                                    Parts.cachePoint(parts.get(i), place)));
                }
            }
        }

        private static List<ContentBlock> user(ChatMessage message, String path) {
            return notEmpty(Parts.of(message.getContentList(), path), path);
        }

        private List<ContentBlock> assistant(ChatMessage message, String path) {
            List<ContentBlock> blocks = new ArrayList<>(reasoning.blocks(message, path));
            blocks.addAll(Parts.of(message.getContentList(), path));
            if (!message.getRefusal().isEmpty()) {
                blocks.add(ContentBlock.fromText(message.getRefusal()));
            }
            for (int i = 0; i < message.getToolCallsCount(); i++) {
                blocks.add(call(message.getToolCalls(i), path + ".tool_calls[" + i + "]"));
            }
            return notEmpty(blocks, path);
        }

        private static List<ContentBlock> notEmpty(List<ContentBlock> blocks, String path) {
            Refusals.refuse(
                    blocks.isEmpty(), path + ".content", "This model takes no empty messages.");
            return blocks;
        }

        private ContentBlock call(ToolCall call, String path) {
            Refusals.refuse(
                    !call.hasFunction(), path + ".custom", "This model knows no custom tools.");
            usesTools = true;
            String text = call.getFunction().getArguments();
            Document arguments = text.isEmpty() ? Documents.read("{}") : Documents.read(text);
            if (arguments == null || !arguments.isMap()) {
                throw Refusal.unsupportedValue(
                        path + ".function.arguments",
                        "This model takes back only arguments that are a JSON object.");
            }
            return ContentBlock.fromToolUse(
                    ToolUseBlock.builder()
                            .toolUseId(call.getId())
                            .name(call.getFunction().getName())
                            .input(arguments)
                            .build());
        }

        private List<ContentBlock> result(ChatMessage message, String path) {
            usesTools = true;
            List<ToolResultContentBlock> content = new ArrayList<>();
            List<ContentBlock> behind = new ArrayList<>();
            for (ContentBlock block : Parts.of(message.getContentList(), path)) {
                switch (block.type()) {
                    case TEXT -> content.add(ToolResultContentBlock.fromText(block.text()));
                    case IMAGE -> content.add(ToolResultContentBlock.fromImage(block.image()));
                    default -> behind.add(block); // a cache point has no place within a result
                }
            }
            List<ContentBlock> blocks = new ArrayList<>();
            blocks.add(
                    ContentBlock.fromToolResult(
                            ToolResultBlock.builder()
                                    .toolUseId(message.getToolCallId())
                                    .content(content)
                                    .build()));
            blocks.addAll(behind);
            return blocks;
        }

        private void say(ConversationRole who, List<ContentBlock> blocks) {
            if (side != who) {
                endTurn();
                side = who;
            }
            turn.addAll(blocks);
        }

        private void endTurn() {
            if (!turn.isEmpty()) {
                turns.add(Message.builder().role(side).content(List.copyOf(turn)).build());
                turn.clear();
            }
        }

        Conversation build() {
            endTurn();
            return new Conversation(List.copyOf(system), List.copyOf(turns), usesTools);
        }
    }

    /** Takes the model's earlier reasoning, as SDKs send it back. */
    record Reasoning(boolean unsigned) {
        /** The fields of messages that hold it. */
        static final Set<String> FIELDS = BedrockSettings.Passing.POSSIBLE;

        private List<ContentBlock> blocks(ChatMessage message, String path) {
            return ReasoningBlocks.of(message.getExtraMap(), unsigned, path);
        }
    }
}
