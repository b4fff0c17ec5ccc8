// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Permission;
import dev.steward.control.approval.Answer;
import dev.steward.control.approval.Approval;
import dev.steward.control.approval.Approvals;
import dev.steward.control.approval.Question;
import dev.steward.control.approval.Status;
import dev.steward.control.consent.Approvers;
import dev.steward.control.consent.Starters;
import dev.steward.control.event.Event;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.state.AgentKey;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.resource.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What is decided about calls that people must agree to.
final class Consents {
  private static final int OPEN_MAX = 10_000;
  private static final int OPEN_OF_AGENT_MAX = 1_000;
  private static final int EXPIRE_AT_ONCE = 400;
  private static final int ARGUMENTS_CHARACTERS_MAX = 262_144;
  private static final int REASON_CHARACTERS_MAX = 4096;
  private static final BigDecimal MINUTES_MAX = new BigDecimal(60 * 24);

  private final Matter matter;
  private final State state;
  private final Approvals approvals;

  Consents(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
    this.approvals = state.approvals();
  }

  void request(Command.RequestApproval request) {
    needServer("asks people about calls");
    if (approvals
        .of(request.call(), request.question())
        .filter(a -> a.answers(matter.now()))
        .isPresent()) {
      return;
    }
    if (approvals.find(request.id()).isPresent()) {
      throw new ApiException(ErrorCode.CONFLICT, "approval " + request.id() + " exists already");
    }
    checkRoom(request.call().agent());
    checkSize(request.arguments());
    Question question =
        request.question().by(issuer(request.question().key()), starters(request.starters()));
    ObjectNode text = CanonicalJson.object();
    text.put("arguments", request.arguments()).put("why", request.why());
    Instant expires = matter.now().plus(expiry(question.terms()));
    matter
        .decided()
        .add(
            new Event.ApprovalRequested(
                request.id(),
                request.call(),
                question,
                matter.seal(CanonicalJson.text(text)),
                expires));
  }

  void answer(Command.AnswerApproval answer) {
    Approval approval = find(answer.id());
    Approvers approvers = Approvers.of(state, approval, matter.now());
    matter.need(Permission.APPROVE, approvers.target());
    checkOpen(approval, answer);
    if (answer.reason().length() > REASON_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE, "a reason holds at most " + REASON_CHARACTERS_MAX + " characters");
    }
    answer.minutes().ifPresent(Consents::checkMinutes);
    if (answer.approve()) {
      approve(approval, approvers, answer);
    } else {
      say(answer, approval.arguments(), Optional.empty(), Status.DENIED);
    }
  }

  private void approve(Approval approval, Approvers approvers, Command.AnswerApproval answer) {
    approvers
        .refusal(matter.actor())
        .ifPresent(reason -> {
          throw new ApiException(ErrorCode.FORBIDDEN, "approval " + approval.id() + ": " + reason);
        });
    Optional<String> edited = answer.arguments().map(Consents::canonical);
    Digest arguments = edited.map(Digest::of).orElseGet(approval::arguments);
    boolean changes = !arguments.equals(approval.arguments());
    if (!changes && saidAlready(approval)) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "you agreed to approval " + approval.id() + " already; somebody else must agree too");
    }
    Optional<Digest> text = changes ? edited.map(matter::seal) : Optional.empty();
    Answer mine =
        new Answer(
            matter.actor(), true, matter.now(), arguments, text.orElse(null), arguments, null);
    List<Answer> agreed = new ArrayList<>(approval.answered(mine, Status.PENDING).agreed());
    boolean met = approvers.missing(agreed) <= 0;
    say(answer, arguments, text, met ? Status.APPROVED : Status.PENDING);
  }

  void use(Command.UseApproval use) {
    needServer("uses approvals");
    Approval approval = find(use.id());
    Status status = approval.status(matter.now());
    if (status != Status.APPROVED) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "approval "
              + use.id()
              + " is "
              + status.word()
              + (status == Status.USED ? " already; an approval is used once" : ", not approved"));
    }
    matter.decided().add(new Event.ApprovalUsed(use.id()));
  }

  void expire() {
    needServer("says what has expired");
    for (Approval approval : approvals.due(matter.now(), EXPIRE_AT_ONCE)) {
      matter.decided().add(new Event.ApprovalExpired(approval.id()));
    }
  }

  private void say(
      Command.AnswerApproval answer, Digest arguments, Optional<Digest> text, Status leaves) {
    matter
        .decided()
        .add(
            new Event.ApprovalAnswered(
                answer.id(),
                answer.approve() ? "approve" : "deny",
                arguments,
                text,
                matter.seal(answer.reason()),
                answer.minutes(),
                leaves.word()));
  }

  private Approval find(String id) {
    return approvals
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.NOT_FOUND,
                "no approval '" + id + "'; 'steward approvals' lists those that wait"));
  }

  private void checkOpen(Approval approval, Command.AnswerApproval answer) {
    Status status = approval.status(matter.now());
    // What people agreed to may be taken back as long as the call was not made.
    boolean may = status == Status.PENDING || (status == Status.APPROVED && !answer.approve());
    if (!may) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "approval "
              + approval.id()
              + " is "
              + status.word()
              + " since "
              + approval.changedAt(matter.now())
              + " and cannot be answered any more");
    }
    if (answer.seen().filter(seen -> !seen.equals(approval.arguments())).isPresent()) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "the arguments of approval "
              + approval.id()
              + " were edited since you saw them; look at them again");
    }
  }

  private boolean saidAlready(Approval approval) {
    String me = PersonBehind.orMaker(matter.actor(), state);
    for (Answer earlier : approval.agreed()) {
      if (PersonBehind.orMaker(earlier.by(), state).equals(me)) {
        return true;
      }
    }
    return false;
  }

  private void needServer(String does) {
    String kind = matter.actor().kind();
    if (!matter.actor().equals(Actor.SYSTEM) && !kind.equals(Actor.AGENT)) {
      throw new ApiException(ErrorCode.FORBIDDEN, "only the server " + does);
    }
  }

  private void checkRoom(String agent) {
    if (approvals.openCount() < OPEN_OF_AGENT_MAX) {
      return;
    }
    int ofAgent = 0;
    for (Approval approval : approvals.all()) {
      if (approval.status(matter.now()).open() && approval.call().agent().equals(agent)) {
        ofAgent++;
      }
    }
    if (ofAgent >= OPEN_OF_AGENT_MAX || approvals.openCount() >= OPEN_MAX) {
      throw new ApiException(
          ErrorCode.SLOW_DOWN,
          ofAgent
              + " calls of "
              + agent
              + " wait for people already ("
              + approvals.openCount()
              + " of all agents); answer some first");
    }
  }

  /// The person who issued the key, "" when not known.
  private String issuer(String key) {
    return state
        .agentKeyById(key)
        .map(AgentKey::issuedBy)
        .map(by -> PersonBehind.orMaker(by, state))
        .orElse("");
  }

  /// Ids of the people who are meant; whoever is not declared has none, and cannot answer either.
  private List<String> starters(Set<String> said) {
    Set<String> ids = new TreeSet<>();
    for (String each : said) {
      for (Person person : Starters.meant(state, each)) {
        ids.add(person.id());
      }
    }
    return List.copyOf(ids);
  }

  private static Duration expiry(List<ApprovalTerms> terms) {
    Duration soonest = null;
    for (ApprovalTerms term : terms) {
      soonest = sooner(soonest, term.expires());
    }
    if (soonest == null) {
      throw new IllegalArgumentException("nobody is asked for anything");
    }
    return soonest;
  }

  private static Duration sooner(@Nullable Duration one, Duration other) {
    return one == null || other.compareTo(one) < 0 ? other : one;
  }

  private static String canonical(String arguments) {
    checkSize(arguments);
    JsonNode node;
    try {
      node = CanonicalJson.read(arguments);
    } catch (IllegalArgumentException e) {
      throw new ApiException(ErrorCode.INVALID, "the edited arguments are " + e.getMessage(), e);
    }
    if (!node.isObject()) {
      throw new ApiException(ErrorCode.INVALID, "the edited arguments must be a JSON object");
    }
    return CanonicalJson.text(node);
  }

  private static void checkSize(String arguments) {
    if (arguments.length() > ARGUMENTS_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "arguments of "
              + arguments.length()
              + " characters are too large to be judged by people; at most "
              + ARGUMENTS_CHARACTERS_MAX);
    }
  }

  private static void checkMinutes(BigDecimal minutes) {
    if (minutes.signum() < 0 || minutes.compareTo(MINUTES_MAX) > 0 || minutes.scale() > 6) {
      throw new ApiException(
          ErrorCode.INVALID, "minutes must be 0 to " + MINUTES_MAX + " with at most 6 decimals");
    }
  }
}
