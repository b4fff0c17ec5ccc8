// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.loop;

import dev.steward.domain.LoopRule;
import dev.steward.trace.content.CanonicalObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is kept of loops as lines of text, there and back.
final class LoopLines {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String GOES_ON = "goesOn";

  private LoopLines() {}

  /// A run that was stopped, or that a person let go on.
  ///
  /// @param loop empty for one that goes on
  record Stop(String run, Optional<Loop> loop) {}

  /// How far a run has come, and what its agent spends.
  record Tally(String run, Progress progress, String agent, Pace.Learnt learnt) {}

  static String write(Stop stop) {
    ObjectNode line = JSON.createObjectNode().put("run", stop.run());
    if (stop.loop().isEmpty()) {
      return line.put(GOES_ON, true).toString();
    }
    Loop loop = stop.loop().get();
    return line.put("rule", loop.rule().word())
        .put("action", loop.action().name())
        .put("count", loop.count())
        .put("threshold", loop.threshold())
        .put("reason", loop.reason())
        .put("policy", loop.policy())
        .put("at", loop.foundAt().toString())
        .toString();
  }

  /// Empty for what is no such line: one that was cut off, or another version's.
  static Optional<Stop> stop(String line) {
    return read(
        line,
        read -> {
          String run = read.path("run").stringValue();
          if (read.path(GOES_ON).asBoolean(false)) {
            return new Stop(run, Optional.empty());
          }
          Loop loop =
              new Loop(
                  LoopRule.of(read.path("rule").stringValue())
                      .orElseThrow(IllegalArgumentException::new),
                  LoopRule.Action.valueOf(read.path("action").stringValue()),
                  read.path("count").longValue(),
                  read.path("threshold").longValue(),
                  read.path("reason").stringValue(),
                  read.path("policy").stringValue(),
                  Instant.parse(read.path("at").stringValue()));
          return new Stop(run, Optional.of(loop));
        });
  }

  static String write(Tally tally) {
    // Written with every answer, so without a tree.
    return new CanonicalObject(256)
        .text("agent", tally.agent())
        .text("average", tally.learnt().average().toString())
        .number("calls", tally.learnt().calls())
        .text("currency", tally.learnt().currency())
        .json("progress", ProgressLines.write(tally.progress()))
        .text("run", tally.run())
        .number("steps", tally.progress().steps())
        .written();
  }

  /// Empty for what is no such line.
  static Optional<Tally> tally(String line) {
    return read(
        line,
        read ->
            new Tally(
                read.path("run").stringValue(),
                ProgressLines.read(read.path("steps").longValue(), read.path("progress")),
                read.path("agent").stringValue(),
                new Pace.Learnt(
                    new BigDecimal(read.path("average").stringValue()),
                    read.path("currency").stringValue(),
                    read.path("calls").intValue())));
  }

  @FunctionalInterface
  private interface Form<T> {
    T of(JsonNode read);
  }

  private static <T> Optional<T> read(String line, Form<T> form) {
    if (line.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(form.of(JSON.readTree(line)));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      System.getLogger(LoopLines.class.getName())
          .log(System.Logger.Level.DEBUG, "a line of the diary cannot be read", e);
      return Optional.empty();
    }
  }
}
