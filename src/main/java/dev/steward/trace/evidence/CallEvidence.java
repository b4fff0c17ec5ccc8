// SPDX-License-Identifier: Apache-2.0
package dev.steward.trace.evidence;

import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.SpanKind;
import dev.steward.domain.Usage;
import dev.steward.trace.content.CanonicalJson;
import dev.steward.trace.content.CanonicalObject;
import dev.steward.trace.span.Content;
import dev.steward.trace.span.Message;
import dev.steward.trace.span.ModelFacts;
import dev.steward.trace.span.Origin;
import dev.steward.trace.span.Span;
import dev.steward.trace.span.ToolFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a call of a model, tool or agent that passed our gateway says, as one text that is the same
/// whenever it is made from the kept span. What was said stands in it as hashes, so that the text
/// can be shown to who may not read that. Its place in a trace is left out: that changes when the
/// agent tells of the same call.
public final class CallEvidence {
  private static final String FORM = "steward.call/1";

  /// Tells a call of an agent from the span that stands for a run.
  private static final String AGENT_CALL = "\"steward.agent.call\"";

  /// Most are about that long.
  private static final int LENGTH = 1_024;

  private static volatile Hashed lastResource = new Hashed("", "");
  private static volatile Hashed lastParameters = new Hashed("", "");

  /// What calls say again and again, and the hash of its canonical form.
  private record Hashed(String written, String hash) {}

  private CallEvidence() {}

  /// Whether the span is such a call.
  public static boolean concerns(Span span) {
    return bound(span.kind())
        && span.teller().gateway()
        && (span.kind() != SpanKind.AGENT || span.raw().attributesJson().contains(AGENT_CALL));
  }

  /// Whether calls of the kind are bound.
  public static boolean bound(SpanKind kind) {
    return kind == SpanKind.MODEL
        || kind == SpanKind.EMBEDDING
        || kind == SpanKind.TOOL
        || kind == SpanKind.AGENT;
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
    Origin origin = span.origin();
    ModelFacts model = span.model();
    ToolFacts tool = span.tool();
    Content content = span.content();
    Usage usage = span.usage();
    return new CanonicalObject(LENGTH)
        .text("agent", origin.agent())
        .text("answered", model == null ? null : model.responseModel())
        .text("arguments", hash(content.arguments(), hashes))
        .text("asked", model == null ? null : model.requestModel())
        .text("attributes", json(span.raw().attributesJson()))
        .text("call", tool == null ? null : tool.callId())
        .text("conversation", origin.conversation())
        .text("cost", words(span.cost()))
        .text("documents", hash(content.documents(), hashes))
        .text("ended", span.endedAt().toString())
        .text("environment", origin.environment())
        .text("error", hash(span.error()))
        .texts("finish", model == null ? null : model.finishReasons())
        .text("form", FORM)
        .texts("input", hashes(content.input(), hashes))
        .text("instructions", hash(content.instructions(), hashes))
        .text("kind", span.kind().name())
        .text("name", span.name())
        .texts("output", hashes(content.output(), hashes))
        .text("parameters", model == null ? null : parameters(model.parametersJson()))
        .text("provider", model == null ? null : model.provider())
        .text("received", span.received().toString())
        .text("resource", resource(span.raw().resourceJson()))
        .text("response", model == null ? null : model.responseId())
        .text("result", hash(content.result(), hashes))
        .text("run", origin.run())
        .text("sender", origin.sender())
        .text("server", tool == null ? null : tool.server())
        .text("span", span.key().spanId())
        .text("started", span.startedAt().toString())
        .text("status", span.status().name())
        .text("task", origin.task())
        .text("tool", tool == null ? null : tool.name())
        .text("tools", hash(content.tools(), hashes))
        .text("usage", usage == null ? null : usage.toString())
        .text("version", origin.version())
        .text("workflow", origin.workflow())
        .written();
  }

  private static @Nullable String words(@Nullable Cost cost) {
    return switch (cost) {
      case null -> null;
      case Cost.Known known ->
          known.amount().stripTrailingZeros().toPlainString()
              + " "
              + known.currency()
              + " "
              + known.source()
              + " "
              + known.basis();
      case Cost.Unknown unknown -> "unknown: " + unknown.reason();
    };
  }

  private static List<String> hashes(List<Message> messages, Function<Message, String> hashes) {
    List<String> all = new ArrayList<>(messages.size());
    for (Message message : messages) {
      all.add(hashes.apply(message));
    }
    return all;
  }

  private static @Nullable String hash(
      @Nullable Message message, Function<Message, String> hashes) {
    return message == null ? null : hashes.apply(message);
  }

  private static @Nullable String hash(@Nullable String said) {
    return said == null ? null : Digest.of(said).hex();
  }

  private static String json(String written) {
    return Digest.of(CanonicalJson.of(written)).hex();
  }

  /// Calls that one gateway tells of come from the same resource, so it is hashed once.
  private static String resource(String written) {
    Hashed known = lastResource;
    if (!known.written().equals(written)) {
      known = new Hashed(written, json(written));
      lastResource = known;
    }
    return known.hash();
  }

  /// Most calls of an agent come with the same parameters.
  private static String parameters(String written) {
    Hashed known = lastParameters;
    if (!known.written().equals(written)) {
      known = new Hashed(written, json(written));
      lastParameters = known;
    }
    return known.hash();
  }
}
