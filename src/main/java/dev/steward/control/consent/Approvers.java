// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.consent;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.approval.Answer;
import dev.steward.control.approval.Approval;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.domain.decision.ApprovalTerms;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Person.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who may answer for one call, as people and roles stand at one moment.
public final class Approvers {

  /// Label of a Person whose value may stand among the approvers of a rule.
  private static final String ROLE = "role";

  private final State state;
  private final Approval approval;
  private final Instant now;
  private final Target target;

  private Approvers(State state, Approval approval, Instant now) {
    this.state = state;
    this.approval = approval;
    this.now = now;
    String agent = approval.call().agent();
    this.target = Target.agent(agent, state.team(agent), approval.call().environment());
  }

  public static Approvers of(State state, Approval approval, Instant now) {
    return new Approvers(state, approval, now);
  }

  /// Where answering must be allowed.
  public Target target() {
    return target;
  }

  /// Whether the actor may say no.
  public boolean mayDeny(Actor actor) {
    return state.authority(actor, now).may(Permission.APPROVE, target);
  }

  /// Why the actor's yes does not count, empty when it does.
  public Optional<String> refusal(Actor actor) {
    if (!mayDeny(actor)) {
      return Optional.of(
          "answering for "
              + approval.call().agent()
              + " needs the permission APPROVE there; ask an admin for a role that has it");
    }
    List<String> reasons = new ArrayList<>();
    for (ApprovalTerms terms : approval.question().terms()) {
      Optional<String> reason = refusal(actor, terms);
      if (reason.isEmpty()) {
        return Optional.empty();
      }
      reasons.add(reason.get());
    }
    return Optional.of(
        reasons.isEmpty() ? "its rules name nobody who may answer" : String.join("; ", reasons));
  }

  /// How many more people must agree, over all terms.
  public int missing(List<Answer> agreed) {
    int missing = 0;
    for (ApprovalTerms terms : approval.question().terms()) {
      Set<String> people = new HashSet<>();
      for (Answer answer : agreed) {
        if (mayDeny(answer.by()) && refusal(answer.by(), terms).isEmpty()) {
          people.add(PersonBehind.orMaker(answer.by(), state));
        }
      }
      missing = Math.max(missing, terms.count() - people.size());
    }
    return missing;
  }

  private Optional<String> refusal(Actor actor, ApprovalTerms terms) {
    if (!terms.approvers().isEmpty() && !named(actor, terms.approvers())) {
      return Optional.of("it is for " + String.join(", ", terms.approvers()) + " to answer");
    }
    if (!terms.fourEyes()) {
      return Optional.empty();
    }
    String issuer = approval.question().requester();
    // Nobody knows whose eyes are behind a token that is nobody's, whoever asked for the run.
    String person = PersonBehind.of(actor, state);
    if (person.isEmpty()) {
      return Optional.of(
          "its rule wants four eyes, and a token that is nobody's is no person; log in with a"
              + " person's own token, or let the rule say"
              + " 'fourEyes: false'");
    }
    if (approval.question().starters().contains(person)) {
      return Optional.of(
          "its rule wants four eyes, and the run was started by you; somebody else must answer");
    }
    return person.equals(issuer)
        ? Optional.of(
            "its rule wants four eyes, and the agent's key was issued by you; somebody else must"
                + " answer")
        : Optional.empty();
  }

  private boolean named(Actor actor, List<String> approvers) {
    Authority authority = state.authority(actor, now);
    for (Role role : Role.values()) {
      if (approvers.contains(role.name().toLowerCase(Locale.ROOT))
          && authority.holds(role, target)) {
        return true;
      }
    }
    // A nobody's token acts with the rights of its own, never under the name of who made it.
    Optional<Person> person =
        switch (actor.kind()) {
          case "person" -> state.person(actor.id());
          case "token" ->
              state
                  .apiTokenById(actor.id())
                  .filter(token -> !token.holder().isEmpty())
                  .flatMap(token -> state.person(token.holder()));
          default -> Optional.empty();
        };
    return person.filter(p -> named(p, approvers)).isPresent();
  }

  private static boolean named(Person person, List<String> approvers) {
    String role = person.metadata().labels().get(ROLE);
    return approvers.contains(person.name())
        || (!person.email().isEmpty() && approvers.contains(person.email()))
        || (role != null && approvers.contains(role));
  }
}
