// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.judgement;

import com.google.protobuf.ByteString;
import dev.steward.trace.JournalRecord;
import dev.steward.trace.JournalRecord.Signal;
import dev.steward.trace.Sender;
import dev.steward.trace.load.Reading;
import dev.steward.trace.reading.Facts;
import dev.steward.trace.run.Run;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judgements told through the API on their way through the journal: `gen_ai.evaluation.result` log
/// records like any other, from a sender that no agent key can name. That is how their `by` is
/// known to be true.
///
/// @param by who told them
record ToldJudgements(List<Told> all, String by) {
  private static final String API = "steward:api";

  /// One judgement.
  ///
  /// @param name of what is judged: `outcome`, `feedback`
  record Told(
      String name, @Nullable String label, @Nullable Double score, @Nullable String explanation) {}

  JournalRecord record(Run run, Instant at) {
    ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
    ScopeLogs.Builder logs = request.addResourceLogsBuilder().addScopeLogsBuilder();
    all.forEach(told -> logs.addLogRecords(log(told, run, at)));
    Sender sender = new Sender(API, null, null, null, null, by);
    return new JournalRecord(Signal.LOGS, 0, at, sender, request.build().toByteArray());
  }

  private static LogRecord.Builder log(Told told, Run run, Instant at) {
    LogRecord.Builder log =
        LogRecord.newBuilder()
            .setEventName("gen_ai.evaluation.result")
            .setTimeUnixNano(at.getEpochSecond() * 1_000_000_000L + at.getNano())
            .setTraceId(bytes(run.traceId()));
    String root = run.rootSpanId();
    if (root != null && !run.id().equals(run.traceId())) {
      log.setSpanId(bytes(root));
    }
    log.addAttributes(text("gen_ai.evaluation.name", told.name()));
    if (told.label() != null) {
      log.addAttributes(text("gen_ai.evaluation.score.label", told.label()));
    }
    if (told.score() != null) {
      log.addAttributes(
          KeyValue.newBuilder()
              .setKey("gen_ai.evaluation.score.value")
              .setValue(AnyValue.newBuilder().setDoubleValue(told.score())));
    }
    if (told.explanation() != null) {
      log.addAttributes(text("gen_ai.evaluation.explanation", told.explanation()));
    }
    return log;
  }

  /// A reading that gives what was told through the API the name of who told it.
  static Reading reading(Reading reading) {
    return record -> {
      Facts facts = reading.read(record);
      String by = record.sender().task();
      return API.equals(record.sender().agent()) && by != null ? told(facts, by) : facts;
    };
  }

  private static Facts told(Facts facts, String by) {
    return new Facts(
        facts.spans(),
        facts.evaluations().stream().map(said -> said.saidBy(by)).toList(),
        facts.contents(),
        facts.logs(),
        facts.metrics(),
        facts.unreadable());
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
