// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.field;

import dev.steward.control.yaml.Durations;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.AlertRule.Escalation;
import dev.steward.domain.resource.AlertRule.Found;
import dev.steward.domain.resource.AlertRule.Group;
import dev.steward.domain.resource.AlertRule.Level;
import dev.steward.domain.resource.AlertRule.Measure;
import dev.steward.domain.resource.AlertRule.Side;
import dev.steward.domain.resource.AlertRule.Telling;
import dev.steward.domain.resource.AlertRule.Threshold;
import dev.steward.domain.resource.AlertRule.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// How it is written what an alert rule fires at, and whom it tells.
public final class AlertFields {
  private static final String FINDINGS = "findings";
  private static final String THRESHOLD = "threshold";
  private static final String SEVERITY = "severity";
  private static final String ROUTES = "routes";
  private static final String ESCALATE = "escalate";
  private static final String AFTER = "after";
  private static final int CHANNELS_MAX = 20;
  private static final long RUNS_USUAL = 20;
  private static final long RUNS_MAX = 1_000_000;
  private static final Duration WINDOW_USUAL = Duration.ofHours(1);
  private static final Duration WINDOW_LEAST = Duration.ofMinutes(1);
  private static final Duration WINDOW_MAX = Duration.ofDays(30);
  private static final Duration REPEAT_LEAST = Duration.ofMinutes(1);
  private static final Trigger ANYTHING = new Found(List.of(), Level.WARNING);

  private AlertFields() {}

  public static Trigger trigger(Fields spec) {
    Optional<Fields> findings = spec.object(FINDINGS);
    Optional<Fields> threshold = spec.object(THRESHOLD);
    if (findings.isPresent() == threshold.isPresent()) {
      spec.flaw(
          threshold.isPresent() ? THRESHOLD : FINDINGS,
          "or a threshold must be given, one of them: what fires");
    }
    return findings
        .map(AlertFields::found)
        .or(() -> threshold.map(AlertFields::threshold))
        .orElse(ANYTHING);
  }

  private static Trigger found(Fields findings) {
    List<String> kinds = findings.texts("kinds");
    if (findings.has("kinds") && kinds.isEmpty()) {
      findings.flaw("kinds", "is an empty list; leave it out where every kind fires");
    }
    for (String kind : kinds) {
      if (!AlertRule.KINDS.contains(kind)) {
        findings.flaw(
            "kinds",
            "'"
                + Names.shortened(kind)
                + "' is none of "
                + String.join(", ", AlertRule.KINDS)
                + "."
                + Nearest.hint(kind, AlertRule.KINDS));
      }
    }
    Level least = findings.choice(SEVERITY, Level.class, Level.WARNING);
    findings.close();
    return new Found(kinds, least);
  }

  private static Trigger threshold(Fields fields) {
    Measure measure = fields.choice("measure", Measure.class, Measure.ERRORS);
    if (!fields.has("measure")) {
      fields.flaw("measure", "is missing; write success, errors, duration, cost or runs");
    }
    Side side = fields.has("below") ? Side.BELOW : Side.ABOVE;
    if (fields.has("below") == fields.has("above")) {
      fields.flaw("above", "or below must be given, one of them: the limit");
    }
    BigDecimal limit = fields.decimal(Fields.word(side));
    boolean fits =
        limit.signum() >= 0 && (!measure.share() || limit.compareTo(BigDecimal.ONE) <= 0);
    if (!fits) {
      fields.flaw(
          Fields.word(side),
          measure.share() ? "is a share; write a number from 0 to 1" : "must not be negative");
    }
    Duration window = Durations.read(fields, "window", WINDOW_USUAL);
    if (window.compareTo(WINDOW_LEAST) < 0 || window.compareTo(WINDOW_MAX) > 0) {
      fields.flaw("window", "must be from 1m to 30d");
    }
    long runs = Within.read(fields, "runs", RUNS_USUAL, RUNS_MAX);
    Level level = fields.choice(SEVERITY, Level.class, Level.WARNING);
    fields.close();
    return new Threshold(measure, side, limit, window, runs, level);
  }

  public static Telling telling(Fields spec) {
    List<String> channels = channels(spec);
    Duration repeat = Durations.read(spec, "repeat", Duration.ZERO);
    if (!repeat.isZero() && repeat.compareTo(REPEAT_LEAST) < 0) {
      spec.flaw("repeat", "must be at least 1m, or nobody reads it any more");
    }
    return new Telling(
        channels,
        spec.choice("group", Group.class, Group.AGENT),
        Durations.read(spec, "wait", Duration.ZERO),
        repeat,
        spec.object(ESCALATE).map(AlertFields::escalation).orElse(Escalation.NONE));
  }

  private static Escalation escalation(Fields fields) {
    if (!fields.has(AFTER)) {
      fields.flaw(AFTER, "is missing; write how long nobody may answer, such as 30m");
    }
    Escalation escalation =
        new Escalation(Durations.read(fields, AFTER, Duration.ZERO), channels(fields));
    fields.close();
    return escalation;
  }

  private static List<String> channels(Fields fields) {
    List<String> channels = ScopeFields.names(fields, ROUTES);
    if (channels.isEmpty() || channels.size() > CHANNELS_MAX) {
      fields.flaw(ROUTES, "must name 1 to " + CHANNELS_MAX + " Channels");
    }
    return channels;
  }

  public static void write(Trigger trigger, ObjectNode spec) {
    switch (trigger) {
      case Found found -> {
        ObjectNode findings = spec.putObject(FINDINGS);
        Spec.put(findings, "kinds", found.kinds());
        findings.put(SEVERITY, Fields.word(found.least()));
      }
      case Threshold threshold ->
          spec.putObject(THRESHOLD)
              .put("measure", Fields.word(threshold.measure()))
              .put(Fields.word(threshold.side()), threshold.limit())
              .put("window", Durations.write(threshold.window()))
              .put("runs", threshold.runs())
              .put(SEVERITY, Fields.word(threshold.level()));
    }
  }

  public static void write(Telling telling, ObjectNode spec) {
    Spec.put(spec, ROUTES, telling.channels());
    if (telling.group() != Group.AGENT) {
      spec.put("group", Fields.word(telling.group()));
    }
    write("wait", telling.pause(), spec);
    write("repeat", telling.repeat(), spec);
    Escalation escalation = telling.escalation();
    if (!escalation.channels().isEmpty()) {
      ObjectNode written = spec.putObject(ESCALATE);
      written.put(AFTER, Durations.write(escalation.after()));
      Spec.put(written, ROUTES, escalation.channels());
    }
  }

  private static void write(String name, Duration length, ObjectNode spec) {
    if (!length.isZero()) {
      spec.put(name, Durations.write(length));
    }
  }
}
