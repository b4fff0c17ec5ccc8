// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.evidence;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.content.CanonicalJson;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a model or tool call that passed our gateway says, as one text that is the same whenever it
/// is made from the kept span. What was said stands in it as hashes, so that the text can be shown
/// to who may not read that. Its place in a trace is left out: that changes when the agent tells of
/// the same call.
public final class CallEvidence {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FORM = "steward.call/1";

  private CallEvidence() {}

  /// Whether the span is such a call.
  public static boolean concerns(Span span) {
    return bound(span.kind()) && span.teller().gateway();
  }

  /// Whether calls of the kind are bound.
  public static boolean bound(SpanKind kind) {
    return kind == SpanKind.MODEL || kind == SpanKind.EMBEDDING || kind == SpanKind.TOOL;
  }

  /// The digest of a call that has just been read, whose messages' hashes were made from them now.
  public static Digest fresh(Span span) {
    return Digest.of(text(span, message -> message.hash().hex()));
  }

  /// Canonical JSON, with messages hashed anew: the hash that lies beside a kept one may have been
  /// changed, or not have been changed with it.
  public static String text(Span span) {
    return text(span, message -> Digest.of(message.json()).hex());
  }

  private static String text(Span span, Function<Message, String> hashes) {
    ObjectNode text = JSON.createObjectNode();
    text.put("form", FORM);
    text.put("span", span.key().spanId());
    text.put("name", span.name());
    text.put("kind", span.kind().name());
    text.put("status", span.status().name());
    put(text, "error", hash(span.error()));
    text.put("started", span.startedAt().toString());
    text.put("ended", span.endedAt().toString());
    text.put("received", span.received().toString());
    origin(text, span.origin());
    model(text, span.model());
    tool(text, span.tool());
    usage(text, span.usage());
    cost(text, span.cost());
    content(text, span.content(), hashes);
    put(text, "attributes", json(span.raw().attributesJson()));
    put(text, "resource", json(span.raw().resourceJson()));
    return CanonicalJson.write(text);
  }

  private static void origin(ObjectNode text, Origin origin) {
    put(text, "sender", origin.sender());
    put(text, "agent", origin.agent());
    put(text, "version", origin.version());
    put(text, "environment", origin.environment());
    put(text, "workflow", origin.workflow());
    put(text, "task", origin.task());
    put(text, "conversation", origin.conversation());
    put(text, "run", origin.run());
  }

  private static void model(ObjectNode text, @Nullable ModelFacts model) {
    if (model != null) {
      put(text, "provider", model.provider());
      put(text, "asked", model.requestModel());
      put(text, "answered", model.responseModel());
      put(text, "response", model.responseId());
      put(text, "parameters", json(model.parametersJson()));
      ArrayNode reasons = text.putArray("finish");
      model.finishReasons().forEach(reasons::add);
    }
  }

  private static void tool(ObjectNode text, @Nullable ToolFacts tool) {
    if (tool != null) {
      put(text, "tool", tool.name());
      put(text, "server", tool.server());
      put(text, "call", tool.callId());
    }
  }

  private static void usage(ObjectNode text, @Nullable Usage usage) {
    if (usage != null) {
      text.put("usage", usage.toString());
    }
  }

  private static void cost(ObjectNode text, @Nullable Cost cost) {
    switch (cost) {
      case null -> {}
      case Cost.Known known ->
          text.put(
              "cost",
              known.amount().stripTrailingZeros().toPlainString()
                  + " "
                  + known.currency()
                  + " "
                  + known.source()
                  + " "
                  + known.basis());
      case Cost.Unknown unknown -> text.put("cost", "unknown: " + unknown.reason());
    }
  }

  private static void content(ObjectNode text, Content content, Function<Message, String> hashes) {
    put(text, "input", content.input(), hashes);
    put(text, "output", content.output(), hashes);
    put(text, "instructions", content.instructions(), hashes);
    put(text, "tools", content.tools(), hashes);
    put(text, "documents", content.documents(), hashes);
    put(text, "arguments", content.arguments(), hashes);
    put(text, "result", content.result(), hashes);
  }

  private static void put(
      ObjectNode text, String name, List<Message> messages, Function<Message, String> hashes) {
    ArrayNode list = text.putArray(name);
    for (Message message : messages) {
      list.add(hashes.apply(message));
    }
  }

  private static void put(
      ObjectNode text, String name, @Nullable Message message, Function<Message, String> hashes) {
    if (message != null) {
      text.put(name, hashes.apply(message));
    }
  }

  private static @Nullable String hash(@Nullable String said) {
    return said == null ? null : Digest.of(said).hex();
  }

  private static @Nullable String json(String written) {
    return hash(CanonicalJson.of(written));
  }

  private static void put(ObjectNode text, String name, @Nullable String value) {
    if (value != null) {
      text.put(name, value);
    }
  }
}
