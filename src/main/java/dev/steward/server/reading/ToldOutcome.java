// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.reading;

import com.google.protobuf.ByteString;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.load.Reading;
import dev.steward.trace.reading.Facts;
import dev.steward.trace.run.Run;
import dev.steward.trace.span.Evaluation;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An outcome told through the API on its way through the journal: a `gen_ai.evaluation.result` log
/// record like any other, from a sender that no agent key can name. That is how its `by` is known
/// to be true.
///
/// @param by who told it
public record ToldOutcome(
    @Nullable String label, @Nullable Double score, @Nullable String explanation, String by) {
  private static final String API = "steward:api";
  private static final String NAME = "outcome";

  JournalRecord record(Run run, Instant at) {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setEventName("gen_ai.evaluation.result")
            .setTimeUnixNano(at.getEpochSecond() * 1_000_000_000L + at.getNano())
            .setTraceId(bytes(run.traceId()));
    String root = run.rootSpanId();
    if (root != null && !run.id().equals(run.traceId())) {
      log.setSpanId(bytes(root));
    }
    log.addAttributes(text("gen_ai.evaluation.name", NAME));
    if (label != null) {
      log.addAttributes(text("gen_ai.evaluation.score.label", label));
    }
    if (score != null) {
      log.addAttributes(
          KeyValue.newBuilder()
              .setKey("gen_ai.evaluation.score.value")
              .setValue(AnyValue.newBuilder().setDoubleValue(score)));
    }
    if (explanation != null) {
      log.addAttributes(text("gen_ai.evaluation.explanation", explanation));
    }
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    request.addResourceLogsBuilder().addScopeLogsBuilder().addLogRecords(log);
    Sender sender = new Sender(API, null, null, null, null, by);
    return new JournalRecord(Signal.LOGS, 0, at, sender, request.build().toByteArray());
  }

  /// A reading that gives outcomes told through the API the name of who told them.
  public static Reading reading(Reading reading) {
    return record -> {
      Facts facts = reading.read(record);
      String by = record.sender().task();
      return API.equals(record.sender().agent()) && by != null ? told(facts, by) : facts;
    };
  }

  private static Facts told(Facts facts, String by) {
    List<Evaluation> evaluations = facts.evaluations().stream().map(e -> by(e, by)).toList();
    return new Facts(
        facts.spans(),
        evaluations,
        facts.contents(),
        facts.logs(),
        facts.metrics(),
        facts.unreadable());
  }

  private static Evaluation by(Evaluation said, String by) {
    return new Evaluation(
        said.traceId(),
        said.spanId(),
        said.responseId(),
        said.name(),
        said.label(),
        said.score(),
        said.explanation(),
        true,
        by,
        said.at());
  }

  private static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
