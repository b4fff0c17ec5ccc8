// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.rewrite;

import dev.steward.gateway.block.BlockCalls;
import dev.steward.gateway.block.ConverseBlocks;
import dev.steward.gateway.block.MessagesBlocks;
import dev.steward.gateway.block.ResponseItems;
import dev.steward.gateway.block.ResponsesBlocks;
import dev.steward.gateway.framing.Framing;
import dev.steward.gateway.part.Json;
import dev.steward.gateway.part.Part;
import dev.steward.gateway.part.Splitter;
import dev.steward.gateway.part.UnreadableException;
import dev.steward.gateway.ruling.CallStream;
import dev.steward.gateway.ruling.Judge;
import dev.steward.gateway.wire.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Shows the tool calls of answers to a judge and takes out what is held back.
public final class AnswerCalls {
  /// One of them stands wherever a dialect tells of a call.
  private static final List<String> WORDS =
      List.of("tool_call", "function_call", "tool_use", "toolUse", "functionCall");

  private AnswerCalls() {}

  /// Whether calls can be found in such an answer.
  public static boolean reads(Operation operation, Framing framing) {
    return operation != Operation.INTERACTIONS || framing == Framing.WHOLE;
  }

  /// A whole answer as the agent gets it: the same bytes where nothing is held back.
  ///
  /// @throws UnreadableException when there may be calls in it that cannot be found
  public static byte[] whole(Operation operation, byte[] body, Judge judge) {
    Optional<Json> root = Json.read(body);
    if (root.isEmpty()) {
      check(body);
      return body;
    }
    WholeCalls.judge(operation, root.get(), call -> judge.judge(call.bounded()));
    return root.get().edited() ? root.get().bytes() : body;
  }

  /// What is no JSON passes only where no client could find a call in it either.
  private static void check(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (WORDS.stream().anyMatch(text::contains)) {
      throw new UnreadableException("it sent tool calls that cannot be read");
    }
  }

  /// A stream on its way to the agent. One thread uses it.
  public static Stream stream(Operation operation, Framing framing, Judge judge) {
    CallStream calls =
        switch (operation) {
          case CHAT -> new ChatCalls(judge);
          case RESPONSES -> responses(judge);
          case MESSAGES -> new BlockCalls(new MessagesBlocks(), judge);
          case CONVERSE, CONVERSE_STREAM -> new BlockCalls(new ConverseBlocks(), judge);
          case INVOKE, INVOKE_STREAM -> new InvokedCalls(judge);
          case GENERATE, STREAM_GENERATE -> new GenerateCalls(judge);
          case INTERACTIONS,
              EMBEDDINGS,
              OPENAI_MODELS,
              COUNT_TOKENS,
              ANTHROPIC_MODELS,
              GEMINI_EMBED,
              GEMINI_COUNT_TOKENS,
              BEDROCK_COUNT_TOKENS ->
              throw new IllegalArgumentException("tool calls in streams of " + operation);
        };
    return new Stream(Splitter.of(framing), calls);
  }

  private static CallStream responses(Judge judge) {
    ResponseItems items = new ResponseItems(judge);
    return new BlockCalls(new ResponsesBlocks(items), items::judge);
  }

  /// A stream on its way to the agent. One thread uses it.
  public static final class Stream {
    private final Splitter splitter;
    private final CallStream calls;

    private Stream(Splitter splitter, CallStream calls) {
      this.splitter = splitter;
      this.calls = calls;
    }

    /// What of the bytes so far can go on.
    ///
    /// @throws UnreadableException when there may be calls in it that cannot be found
    public byte[] take(byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
      for (Part part : splitter.take(bytes)) {
        take(part, out);
      }
      return out.toByteArray();
    }

    private void take(Part part, ByteArrayOutputStream out) {
      if (!part.root().present()) {
        check(part.raw());
      }
      calls.take(part, out);
    }

    /// What is still to go on when the provider has ended.
    public byte[] end() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      splitter.rest().ifPresent(part -> take(part, out));
      calls.end(out);
      return out.toByteArray();
    }
  }
}
