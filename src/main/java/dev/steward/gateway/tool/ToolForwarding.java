// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.tool;

import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Subject;
import dev.steward.gateway.MoneyStep;
import dev.steward.gateway.approval.ApprovalStep;
import dev.steward.gateway.budget.Held;
import dev.steward.gateway.record.EffectEntry.Ended;
import dev.steward.gateway.record.Effects;
import dev.steward.gateway.record.Place;
import dev.steward.gateway.record.ShadowDuty;
import dev.steward.gateway.record.ToolRecord;
import dev.steward.gateway.relay.CutException;
import dev.steward.gateway.relay.Cuttable;
import dev.steward.gateway.run.ToolPlace;
import dev.steward.gateway.tool.ToolJudge.Judged.Permitted;
import dev.steward.gateway.tool.ToolServerException.Reason;
import dev.steward.gateway.wire.Refusal;
import dev.steward.gateway.wire.RefusedException;
import dev.steward.policy.duty.Duty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Sends a permitted call to its server: budget, approval used up, intent, the call itself, result,
/// outcome.
final class ToolForwarding {
  private static final Reason STOPPED =
      new Reason.Unknown(
          "The gateway stopped while the tool was at work: nobody knows whether it took effect, so"
              + " look before asking again.",
          false);

  /// Members in which a result tells something; one that has them is looked through, whatever else
  /// it says of itself.
  private static final List<String> CONTENT =
      List.of("content", "structuredContent", "contents", "messages");

  private final MoneyStep money;
  private final ApprovalStep approvals;
  private final Effects effects;

  ToolForwarding(MoneyStep money, ApprovalStep approvals, Effects effects) {
    this.money = money;
    this.approvals = approvals;
    this.effects = effects;
  }

  /// @param subject whose budgets pay for it
  /// @throws RefusedException BUDGET, UNRECORDED, DENIED: it was not sent
  ToolEnding forward(
      Subject subject,
      ToolPlace place,
      Pinned pinned,
      Permitted permitted,
      ToolSend send,
      ToolRecord record,
      Cuttable cuttable) {
    State state = permitted.state();
    @Nullable Held held = money.reserve(state, subject, () -> ToolMoney.worst(pinned)).orElse(null);
    try {
      use(permitted.approval());
      intend(state, pinned, record);
      ToolSend.Sending sending =
          sending(permitted.arguments(), permitted.approval(), place.place(), record, cuttable);
      return send(pinned, permitted, send, sending, record);
    } finally {
      settle(pinned, record, held);
    }
  }

  static ToolSend.Sending sending(
      ObjectNode arguments, String approval, Place place, ToolRecord record, Cuttable cuttable) {
    return new ToolSend.Sending(
        arguments,
        "00-" + place.traceId() + "-" + record.id() + "-01",
        cuttable,
        place.above(record.id()),
        record.caller(),
        approval);
  }

  private void use(String approval) {
    if (approval.isEmpty()) {
      return;
    }
    try {
      approvals.used(approval);
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.DENIED,
              "The approval " + approval + " does not hold for this call: " + e.getMessage()),
          e);
    }
  }

  private void intend(State state, Pinned pinned, ToolRecord record) {
    if (pinned.onlyReads()) {
      return;
    }
    try {
      effects.intend(record, state.sequence(), pinned.digest());
    } catch (ApiException e) {
      throw new RefusedException(
          Refusal.of(
              Refusal.Kind.UNRECORDED,
              "The call does something that must be recorded first, and that cannot be written"
                  + " now, so it was not made: "
                  + e.getMessage()),
          e);
    }
  }

  private ToolEnding send(
      Pinned pinned,
      Permitted permitted,
      ToolSend send,
      ToolSend.Sending sending,
      ToolRecord record) {
    Ended ended = Ended.UNKNOWN;
    record.sent();
    try {
      ObjectNode result = send.send(sending);
      boolean failed = result.path("isError").asBoolean(false);
      ended = failed ? Ended.TOOL_ERROR : Ended.ANSWERED;
      if (failed) {
        record.failed("tool_error");
      }
      return answered(pinned, permitted, result, record);
    } catch (ToolServerException e) {
      ended = ended(e.reason());
      return unanswered(e.reason(), permitted.allow().obligations().redact(), record);
    } catch (CutException e) {
      if (e.why() == Cuttable.Why.STOPPING && !pinned.onlyReads()) {
        return unanswered(STOPPED, List.of(), record);
      }
      record.failed("cut");
      throw e;
    } finally {
      if (!pinned.onlyReads()) {
        effects.ended(record, ended);
      }
    }
  }

  private static Ended ended(Reason reason) {
    return switch (reason) {
      case Reason.NotSent _ -> Ended.NOT_SENT;
      case Reason.Unknown _ -> Ended.UNKNOWN;
      case Reason.Refused _ -> Ended.REFUSED;
    };
  }

  private static ToolEnding unanswered(Reason reason, List<String> redact, ToolRecord record) {
    return switch (reason) {
      case Reason.NotSent(String message) -> {
        record.notSent();
        Refusal refusal = Refusal.of(Refusal.Kind.UPSTREAM_FAILED, message);
        record.refused(refusal);
        yield new ToolEnding.Unreached(refusal.kind(), message, false);
      }
      case Reason.Unknown(String message, boolean late) -> {
        Refusal.Kind kind = late ? Refusal.Kind.UPSTREAM_LATE : Refusal.Kind.UPSTREAM_FAILED;
        record.refused(Refusal.of(kind, message));
        yield new ToolEnding.Unreached(kind, message, true);
      }
      case Reason.Refused(ObjectNode said, String _) -> {
        ObjectNode error = Redaction.error(said, redact);
        record.failed(error.path("code").asString("error"));
        record.answered(CanonicalJson.text(error));
        yield new ToolEnding.Failed(error);
      }
    };
  }

  private static ToolEnding answered(
      Pinned pinned, Permitted permitted, ObjectNode result, ToolRecord record) {
    List<String> redact = permitted.allow().obligations().redact();
    boolean tells = CONTENT.stream().anyMatch(result::has);
    if (!tells && isTask(result)) {
      record.answered(CanonicalJson.text(result));
      return new ToolEnding.Begun(
          result,
          new TaskTerms(
              record.server(),
              record.tool(),
              pinned.digest(),
              redact,
              promises(pinned),
              TaskTerms.Tried.of(record.caller()),
              record.caller().shadow()));
    }
    if (!tells && !result.path("resultType").asString("complete").equals("complete")) {
      record.answered(CanonicalJson.text(result));
      return new ToolEnding.Answered(result);
    }
    return complete(pinned, redact, result, record);
  }

  private static ToolEnding complete(
      Pinned pinned, List<String> redact, ObjectNode result, ToolRecord record) {
    Optional<String> wrong = wrong(pinned, result);
    if (wrong.isPresent()) {
      return withheld(record, wrong.get());
    }
    record.shadowed().replaceAll(duty -> shadowed(pinned, result, duty));
    Optional<ObjectNode> redacted = Redaction.of(result, redact, pinned.output().get());
    if (redacted.isEmpty()) {
      return withheld(record, "policy redacts fields of it that cannot be taken out");
    }
    record.answered(CanonicalJson.text(redacted.get()));
    return new ToolEnding.Answered(redacted.get());
  }

  /// What hiding a field would have done to the result.
  private static ShadowDuty shadowed(Pinned pinned, ObjectNode result, ShadowDuty shadowed) {
    if (!(shadowed.duty() instanceof Duty.Redact(String field))) {
      return shadowed;
    }
    Optional<ObjectNode> redacted = Redaction.of(result, List.of(field), pinned.output().get());
    String came =
        redacted.isEmpty()
            ? "its output schema demands it, so the result would have been withheld"
            : redacted.get().equals(result) ? "the result does not have it" : "";
    return new ShadowDuty(shadowed.duty(), came);
  }

  /// Whether the server does it as a task, as either era tells it.
  private static boolean isTask(ObjectNode result) {
    return result.path("resultType").asString("").equals("task")
        || result.path("task").path("taskId").isString();
  }

  /// Asks for something of a task.
  ToolEnding fetch(
      Pinned pinned, TaskTerms terms, ToolSend send, ToolSend.Sending sending, ToolRecord record) {
    record.sent();
    try {
      ObjectNode result = send.send(sending);
      if (record.method().equals("tasks/result")) {
        return complete(pinned, terms.redact(), result, record);
      }
      if (result.path("result") instanceof ObjectNode inner) {
        return switch (complete(pinned, terms.redact(), inner, record)) {
          case ToolEnding.Answered(ObjectNode shown) -> {
            Redaction.task(result, terms.redact());
            result.set("result", shown);
            yield new ToolEnding.Answered(result);
          }
          case ToolEnding other -> other;
        };
      }
      Redaction.task(result, terms.redact());
      record.answered(CanonicalJson.text(result));
      if (record.method().equals("tasks/get") && !result.has("error")) {
        record.untold();
      }
      return new ToolEnding.Answered(result);
    } catch (ToolServerException e) {
      return unanswered(e.reason(), terms.redact(), record);
    } catch (CutException e) {
      record.failed("cut");
      throw e;
    }
  }

  private static boolean promises(Pinned pinned) {
    return !pinned.tool().definition().outputSchemaJson().equals("{}");
  }

  private static Optional<String> wrong(Pinned pinned, ObjectNode result) {
    if (!promises(pinned) || result.path("isError").asBoolean(false)) {
      return Optional.empty();
    }
    if (!result.has("structuredContent")) {
      return Optional.of("it has no structured content, which its output schema promises");
    }
    List<String> problems = pinned.output().get().problems(result.get("structuredContent"));
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of("it does not fit the output schema: " + String.join("; ", problems));
  }

  private static ToolEnding withheld(ToolRecord record, String why) {
    Refusal refusal =
        Refusal.of(
            Refusal.Kind.UPSTREAM_FAILED,
            "The call of "
                + record.tool()
                + " was made, but its result is withheld, since "
                + why
                + ". Do not make the call again for that.");
    record.refused(refusal);
    return new ToolEnding.Refused(refusal.kind(), refusal.message());
  }

  private static void settle(Pinned pinned, ToolRecord record, @Nullable Held held) {
    if (record.isSent()) {
      record.charged(ToolMoney.cost(pinned));
    }
    if (held != null && record.isSent()) {
      held.settle(ToolMoney.actual(pinned));
    } else if (held != null) {
      held.release();
    }
  }
}
