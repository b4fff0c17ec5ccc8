// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.approval;

import dev.steward.domain.Digest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call that people are or were asked to agree to.
///
/// @param text commitment to the arguments and the agent's reason, which lie beside the ledger
/// @param answers the oldest first
/// @param status as the ledger says; `status(now)` knows what has expired since
/// @param changedAt when it came to this status
public record Approval(
    String id,
    BoundCall call,
    Question question,
    Digest text,
    Instant at,
    Instant expiresAt,
    List<Answer> answers,
    Status status,
    Instant changedAt) {
  public Approval {
    answers = List.copyOf(answers);
  }

  /// How it stands at the moment: at its expiry it is expired, also before that is on record.
  public Status status(Instant now) {
    return status.open() && !now.isBefore(expiresAt) ? Status.EXPIRED : status;
  }

  /// When it came to how it stands at the moment.
  public Instant changedAt(Instant now) {
    return status(now) == status ? changedAt : expiresAt;
  }

  /// Digest of the arguments that are to be agreed to: as the agent gave them, or as edited last.
  public Digest arguments() {
    for (Answer answer : answers.reversed()) {
      if (answer.edited() != null) {
        return answer.arguments();
      }
    }
    return call.arguments();
  }

  /// Commitment to the text of the arguments as edited last, empty when nobody edited them.
  public Optional<Digest> edited() {
    for (Answer answer : answers.reversed()) {
      Digest edited = answer.edited();
      if (edited != null) {
        return Optional.of(edited);
      }
    }
    return Optional.empty();
  }

  /// Those who agreed to the arguments as they are now; who agreed to others did not.
  public List<Answer> agreed() {
    Digest now = arguments();
    List<Answer> agreed = new ArrayList<>();
    for (Answer answer : answers) {
      if (answer.approve() && answer.arguments().equals(now)) {
        agreed.add(answer);
      }
    }
    return agreed;
  }

  /// For how long the same call is refused once this one was: for as long as people had to answer.
  public Instant refusedUntil(Instant now) {
    return changedAt(now).plus(Duration.between(at, expiresAt));
  }

  /// Whether the same call, made at the moment, is answered by this and asks nobody again.
  public boolean answers(Instant now) {
    return switch (status(now)) {
      case PENDING, APPROVED -> true;
      case DENIED, EXPIRED -> now.isBefore(refusedUntil(now));
      case USED -> false;
    };
  }

  /// From the request to the answer that decided, or to the expiry, or until now.
  public Duration waited(Instant now) {
    Instant until =
        switch (status(now)) {
          case PENDING -> now;
          case EXPIRED -> changedAt(now);
          case APPROVED, DENIED, USED -> answers.isEmpty() ? changedAt : answers.getLast().at();
        };
    return Duration.between(at, until);
  }

  /// Minutes of everybody who answered, empty when nobody's are known.
  public Optional<BigDecimal> minutes() {
    BigDecimal sum = null;
    for (Answer answer : answers) {
      sum = plus(sum, answer.minutes());
    }
    return Optional.ofNullable(sum);
  }

  private static @Nullable BigDecimal plus(@Nullable BigDecimal sum, @Nullable BigDecimal more) {
    if (more == null) {
      return sum;
    }
    return sum == null ? more : sum.add(more);
  }

  /// With one more answer.
  public Approval answered(Answer answer, Status next) {
    List<Answer> more = new ArrayList<>(answers);
    more.add(answer);
    return new Approval(id, call, question, text, at, expiresAt, more, next, answer.at());
  }

  Approval now(Status next, Instant since) {
    return new Approval(id, call, question, text, at, expiresAt, answers, next, since);
  }
}
