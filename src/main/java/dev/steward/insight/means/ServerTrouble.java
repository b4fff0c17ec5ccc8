// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.means;

import dev.steward.insight.finding.Finding;
import dev.steward.insight.finding.FindingSource;
import dev.steward.insight.finding.Lately;
import dev.steward.insight.finding.Severity;
import dev.steward.insight.finding.Subject;
import dev.steward.insight.finding.Way;
import dev.steward.insight.finding.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with the server itself: ingest, ledger, history, disk.
public final class ServerTrouble implements FindingSource {
  private static final Duration BEHIND = Duration.ofSeconds(30);
  private static final Duration UNSIGNED = Duration.ofMinutes(1);
  private static final long FREE_LEAST = 2_000_000_000L;
  private static final int FREE_PERCENT = 5;

  private final Supplier<Condition> condition;

  public ServerTrouble(Supplier<Condition> condition) {
    this.condition = condition;
  }

  @Override
  public List<Finding> look(Lately lately) {
    Condition now = condition.get();
    List<Finding> found = new ArrayList<>();
    ingest(now, lately.now(), found);
    past(now.past(), found);
    log(now.log(), lately.now(), found);
    disk(now.disk(), found);
    return found;
  }

  private static void ingest(Condition now, Instant at, List<Finding> found) {
    Way ingest = Way.to("ingest", "ingest");
    if (now.trouble() != null) {
      found.add(
          server(
              "store",
              Severity.CRITICAL,
              "The span store takes nothing",
              now.trouble() + " What is accepted stays in the journal until it does.",
              at.minus(now.lag()),
              ingest,
              Way.run("look at the server", "steward doctor")));
    } else if (now.lag().compareTo(BEHIND) > 0) {
      found.add(
          server(
              "behind",
              Severity.WARNING,
              "Ingest is %s behind".formatted(Words.about(now.lag())),
              "%s not loaded yet; nothing is lost. Told at 30 s."
                  .formatted(Words.count(now.waiting(), "span is", "spans are")),
              at.minus(now.lag()),
              ingest,
              ingest));
    }
    if (now.deadLetters() > 0) {
      found.add(
          server(
              "dead-letters",
              Severity.CRITICAL,
              "%s could not be loaded".formatted(Words.count(now.deadLetters(), "span", "spans")),
              "They lie as dead letters with their reason, and are in no run and no number.",
              now.oldestLetter(),
              Way.to("the dead letters", "ingest"),
              Way.to("retry or drop them", "ingest")));
    }
    if (now.slowedDown() > 0) {
      found.add(
          server(
              "slowed-down",
              Severity.NOTE,
              "%s asked to wait since the server started"
                  .formatted(Words.count(now.slowedDown(), "request was", "requests were")),
              "More came than could be taken; senders that keep to the protocol sent it again.",
              null,
              ingest,
              ingest));
    }
  }

  private static void past(Condition.Past past, List<Finding> found) {
    Way doctor = Way.run("look at the server", "steward doctor");
    Way ingest = Way.to("ingest", "ingest");
    switch (past.state()) {
      case "opening" ->
          found.add(
              server(
                  "history",
                  Severity.NOTE,
                  "History is being opened",
                  "Older runs show when it is; what arrives now shows already.",
                  null,
                  ingest,
                  ingest));
      case "waiting" ->
          found.add(
              server(
                  "history",
                  Severity.CRITICAL,
                  "History cannot be opened at the moment",
                  past.reason() + " It is tried again.",
                  null,
                  ingest,
                  doctor));
      case "failed" ->
          found.add(
              server(
                  "history",
                  Severity.CRITICAL,
                  "History cannot be opened",
                  past.reason() + " Trying again would not help.",
                  null,
                  ingest,
                  doctor));
      default -> {
        // attached: nothing to tell
      }
    }
  }

  private static void log(Condition.Log log, Instant now, List<Finding> found) {
    Way ledger = Way.to("the ledger", "ledger");
    Instant last = log.lastEntry();
    if (log.signed() < log.size() && last != null && last.plus(UNSIGNED).isBefore(now)) {
      found.add(
          server(
              "unsigned",
              Severity.CRITICAL,
              "The ledger is not signed any more",
              "%s no checkpoint covers. Told when the last entry is older than a minute."
                  .formatted(Words.count(log.size() - log.signed(), "entry", "entries")),
              last,
              ledger,
              Way.run("verify it", "steward verify")));
    }
    if (log.witnesses() == 0 && log.size() > 0) {
      found.add(
          server(
              "no-witness",
              Severity.NOTE,
              "Nobody else cosigns the ledger",
              "Who has this server could cut off the newest entries unnoticed; a witness, or a"
                  + " checkpoint kept elsewhere, ends that.",
              null,
              ledger,
              Way.to("keep the newest checkpoint elsewhere", "ledger")));
    }
  }

  private static void disk(Condition.Disk disk, List<Finding> found) {
    boolean low = disk.free() < FREE_LEAST || disk.free() < disk.whole() / 100 * FREE_PERCENT;
    if (disk.whole() > 0 && low) {
      found.add(
          server(
              "disk",
              disk.free() < FREE_LEAST / 4 ? Severity.CRITICAL : Severity.WARNING,
              "The disk has %s left".formatted(Words.gigabytes(disk.free())),
              "Of %s. Told below 2 GB or 5 %%; when it is full, nothing is accepted."
                  .formatted(Words.gigabytes(disk.whole())),
              null,
              Way.to("ingest", "ingest"),
              Way.to("see how long spans are kept", "settings")));
    }
  }

  private static Finding server(
      String id,
      Severity severity,
      String title,
      String why,
      @Nullable Instant since,
      Way evidence,
      Way remedy) {
    return new Finding(
        "server/" + id,
        severity,
        Subject.SERVER,
        title,
        why,
        since,
        List.of(evidence),
        List.of(remedy));
  }
}
