// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.approval;

import dev.steward.control.Control;
import dev.steward.control.access.Actor;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Approvals;
import dev.steward.control.approval.BoundCall;
import dev.steward.control.approval.PlainWords;
import dev.steward.control.approval.Question;
import dev.steward.control.command.Command;
import dev.steward.control.consent.AskingRules;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Cost;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.call.Feature;
import dev.steward.domain.decision.Decision;
import dev.steward.domain.decision.Grounds;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.decision.Verdict;
import dev.steward.domain.resource.ToolServer;
import dev.steward.gateway.approval.ApprovalEnding.Approved;
import dev.steward.gateway.approval.ApprovalEnding.Denied;
import dev.steward.gateway.approval.ApprovalEnding.Waiting;
import dev.steward.gateway.record.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The approval step over the control ledger: what is asked, answered and used are its events.
public final class AskPeople implements ApprovalStep {
  private static final int HELD_MAX = 2_000;

  private final Control control;
  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Supplier<String> address;
  private final RunStarters starters;
  private final Held held;
  private final CountedMinutes counted = new CountedMinutes();

  private AskPeople(
      Control control,
      InstantSource clock,
      Supplier<String> ids,
      Supplier<String> address,
      RunStarters starters) {
    this.starters = starters;
    this.control = control;
    this.clock = clock;
    this.ids = ids;
    this.address = address;
    this.held = Held.of(control, HELD_MAX);
  }

  /// @param ids of approvals, that sort by time
  /// @param address where people reach the console, such as `http://127.0.0.1:7070`
  /// @param starters who is known to have started a run
  public static AskPeople over(
      Control control,
      InstantSource clock,
      Supplier<String> ids,
      Supplier<String> address,
      RunStarters starters) {
    return new AskPeople(control, clock, ids, address, starters);
  }

  @Override
  public ApprovalEnding ask(Decision.RequireApproval decision, Asking asking) {
    String arguments = CanonicalJson.text(asking.arguments());
    State state = control.state();
    BoundCall call = call(state, decision, asking, arguments);
    Question question = question(state, decision, asking);
    String id =
        found(call, question)
            .map(Approval::id)
            .orElseGet(() -> request(asking, call, anew(state, call, question), arguments));
    held.await(id, asking.hold());
    return ending(find(id), decision, asking.arguments());
  }

  @Override
  public Verdict resumed(Approved approved, Decision again) {
    return switch (again) {
      case Verdict verdict -> verdict;
      case Decision.RequireApproval pending -> {
        Digest answered = find(approved.approval()).call().rules();
        yield answered.equals(AskingRules.digest(control.state(), pending))
            ? new Verdict.Allow(pending.grounds(), pending.obligations())
            : new Verdict.Deny(
                Grounds.of(
                    pending.grounds().rules(),
                    pending.grounds().reason()
                        + "; approval "
                        + approved.approval()
                        + " answered other rules, so people must be asked again"));
      }
    };
  }

  @Override
  public void used(String approval) {
    control.submit(new Command.UseApproval(approval), Actor.agent(find(approval).call().agent()));
  }

  @Override
  public PeoplesTime timeOf(String approval) {
    Approval found = find(approval);
    return new PeoplesTime(
        found.waited(clock.instant()),
        found.minutes().flatMap(minutes -> counted.more(approval, minutes)));
  }

  /// How many calls are held for an answer now.
  public int waiting() {
    return held.count();
  }

  private Optional<Approval> found(BoundCall call, Question question) {
    Instant now = clock.instant();
    return control.state().approvals().of(call, question).filter(approval -> approval.answers(now));
  }

  /// Says why people are asked again about a call that another version or another key has asked
  /// about.
  private Question anew(State state, BoundCall call, Question question) {
    return state
        .approvals()
        .ofAnother(call, question, clock.instant())
        .map(other ->
            question.because(
                question.reason()
                    + "; approval "
                    + other.id()
                    + " is for the same call by "
                    + (other.question().version().equals(question.version())
                        ? "another key of the agent"
                        : "version "
                            + other.question().version()
                            + " of the agent, and this is version "
                            + question.version())
                    + ", so people are asked anew"))
        .orElse(question);
  }

  private String request(Asking asking, BoundCall call, Question question, String arguments) {
    control.submit(
        new Command.RequestApproval(
            ids.get(),
            call,
            question,
            arguments,
            asking.why(),
            starters.of(call.agent(), asking.place())),
        Actor.agent(call.agent()));
    // The same call may have come twice at the same moment; both find the one that was written.
    return control
        .state()
        .approvals()
        .of(call, question)
        .map(Approval::id)
        .orElseThrow(() -> new IllegalStateException("an approval came to nothing"));
  }

  private ApprovalEnding ending(
      Approval approval, Decision.RequireApproval decision, ObjectNode asked) {
    Instant now = clock.instant();
    String id = approval.id();
    return switch (approval.status(now)) {
      case PENDING -> new Waiting(id, approval.expiresAt(), url(id), text(approval));
      case APPROVED -> approved(approval, decision, asked);
      case DENIED -> new Denied(id, "a person denied it" + because(approval));
      case EXPIRED ->
          new Denied(
              id,
              approval.agreed().isEmpty()
                  ? "nobody answered until " + approval.expiresAt()
                  : "it expired at " + approval.expiresAt() + " before the call was made");
      case USED ->
          throw new ApiException(
              ErrorCode.CONFLICT,
              "approval " + id + " was used by the same call at the same moment; call again");
    };
  }

  private ApprovalEnding approved(
      Approval approval, Decision.RequireApproval decision, ObjectNode asked) {
    Optional<Digest> edited = approval.edited();
    Optional<ObjectNode> arguments =
        edited.isEmpty()
            ? Optional.of(asked)
            : edited
                .flatMap(control.state()::text)
                .filter(text -> Digest.of(text).equals(approval.arguments()))
                .map(text -> (ObjectNode) CanonicalJson.read(text));
    if (arguments.isEmpty()) {
      return new Denied(
          approval.id(), "the edited arguments were erased with the person that they named");
    }
    return new Approved(
        new Verdict.Allow(decision.grounds(), decision.obligations()),
        arguments.get(),
        approval.id());
  }

  private String because(Approval approval) {
    return approval.answers().isEmpty()
        ? ""
        : control
            .state()
            .text(approval.answers().getLast().reason())
            .filter(reason -> !reason.isBlank())
            .map(reason -> ": " + reason)
            .orElse("");
  }

  private Approval find(String id) {
    Approvals approvals = control.state().approvals();
    return approvals
        .find(id)
        .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "no approval '" + id + "'"));
  }

  private String url(String id) {
    return address.get() + "/approvals/" + id;
  }

  private String text(Approval approval) {
    Duration left = Duration.between(clock.instant(), approval.expiresAt());
    return "Not called yet: a person must agree first, since "
        + PlainWords.wish(approval)
        + " ("
        + approval.question().reason()
        + "). Approval "
        + approval.id()
        + " waits at "
        + url(approval.id())
        + ". Make exactly the same call again to ask for the answer; without one it is denied at "
        + approval.expiresAt()
        + ", in "
        + Math.max(1, left.toMinutes())
        + " minutes.";
  }

  private static BoundCall call(
      State state, Decision.RequireApproval decision, Asking asking, String arguments) {
    return new BoundCall(
        asking.call().caller().agent(),
        asking.call().caller().environment(),
        run(asking),
        asking.call().server(),
        asking.call().tool(),
        Digest.of(arguments),
        AskingRules.digest(state, decision));
  }

  /// "" where every call would get a run of its own, so that the same call finds its approval. What
  /// a server asks always stands below the call that it asks in.
  private static String run(Asking asking) {
    Place place = asking.place();
    boolean inTrace = place.parentSpanId() != null && !asked(asking);
    return place.said() || inTrace ? place.run() : "";
  }

  private static boolean asked(Asking asking) {
    return Feature.of(asking.call().tool()).filter(Feature.ASKS::equals).isPresent();
  }

  private static Question question(State state, Decision.RequireApproval decision, Asking asking) {
    return new Question(
        decision.grounds().rules().stream().map(RuleName::toString).toList(),
        decision.grounds().reason(),
        decision.terms(),
        effect(state, asking),
        asking.call().caller().version(),
        asking.caller().key().id(),
        "",
        List.of(),
        asking.place().traceId(),
        asking.place().conversation(),
        asking.facts().run().steps(),
        amount(asking.facts().run().spent()),
        amount(asking.facts().cost()));
  }

  private static String effect(State state, Asking asking) {
    return state
        .find(ToolServer.class, asking.call().server())
        .flatMap(server -> server.tool(asking.call().tool()))
        .map(ToolServer.Tool::effect)
        .orElse("");
  }

  private static String amount(Cost cost) {
    return switch (cost) {
      case Cost.Known known -> known.amount().toPlainString() + " " + known.currency();
      case Cost.Unknown _ -> "";
    };
  }
}
