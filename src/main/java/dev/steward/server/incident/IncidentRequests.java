// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.incident;

import dev.steward.control.command.Command;
import dev.steward.control.incident.Concern;
import dev.steward.control.incident.IncidentStatus;
import dev.steward.control.incident.Severity;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.server.shape.ReasonRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people send about incidents.
final class IncidentRequests {
  private IncidentRequests() {}

  /// An incident that is to be opened.
  ///
  /// @param title one line
  /// @param severity critical, major or minor
  /// @param agents that it is about, beside those of its runs and its cause
  /// @param runs that it is about, by id
  /// @param cause id of the alarm that it is opened for
  /// @param began null for when its cause began, else now
  public record OpenRequest(
      String title,
      String severity,
      @Nullable List<ConcernRequest> agents,
      @Nullable List<String> runs,
      @Nullable String cause,
      @Nullable Instant began,
      String reason) {

    Command.OpenIncident command(String id, List<Concern> concerns) {
      return new Command.OpenIncident(
          id,
          ReasonRequest.given(title),
          graded(ReasonRequest.given(severity)),
          concerns,
          given(runs),
          ReasonRequest.given(cause),
          Optional.ofNullable(began),
          ReasonRequest.given(reason));
    }

    List<Concern> concerns() {
      return given(agents).stream()
          .map(each ->
              new Concern(
                  ReasonRequest.given(each.agent()), ReasonRequest.given(each.environment())))
          .toList();
    }
  }

  /// An agent that an incident is about.
  ///
  /// @param environment null for wherever it runs
  public record ConcernRequest(String agent, @Nullable String environment) {}

  /// Words that are to be added to an incident.
  public record NoteRequest(String text) {
    public NoteRequest {
      text = ReasonRequest.given(text);
    }
  }

  /// How an incident stands from now on; what is left out stays as it is.
  ///
  /// @param severity critical, major or minor
  /// @param commander name of the person who leads
  /// @param status open, contained or resolved
  public record ChangeRequest(
      @Nullable String severity,
      @Nullable String commander,
      @Nullable String status,
      String reason) {

    Command.ChangeIncident command(String id) {
      return new Command.ChangeIncident(
          id,
          word(severity).map(IncidentRequests::graded),
          word(commander),
          word(status).map(IncidentRequests::standing),
          ReasonRequest.given(reason));
    }
  }

  private static Optional<String> word(@Nullable String member) {
    return Optional.of(ReasonRequest.given(member)).filter(word -> !word.isEmpty());
  }

  static <T> List<T> given(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static Severity graded(String word) {
    return Severity.of(word)
        .orElseThrow(() -> invalid("severity", word, "critical, major or minor"));
  }

  private static IncidentStatus standing(String word) {
    return IncidentStatus.of(word)
        .orElseThrow(() -> invalid("status", word, "open, contained or resolved"));
  }

  private static ApiException invalid(String field, String word, String wanted) {
    return new ApiException(
        ErrorCode.INVALID, "'" + field + "' is '" + word + "': it is one of " + wanted + ".");
  }
}
