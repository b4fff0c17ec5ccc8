// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Actor;
import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.event.Event;
import dev.steward.control.kind.Kinds;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.control.proposal.Proposal;
import dev.steward.control.proposal.ProposedChange;
import dev.steward.control.shelf.SealedText;
import dev.steward.control.state.PersonBehind;
import dev.steward.control.state.State;
import dev.steward.control.widening.Content;
import dev.steward.control.widening.Widening;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Resource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is decided about changes that let agents do or spend more where they run in earnest: they
/// wait for a second person. All others act at once.
final class Changing {
  private static final int OPEN_MAX = 200;
  private static final int CHANGES_MAX = 200;
  private static final int CONTENT_CHARACTERS_MAX = 4_000_000;

  private static final String TOPPED_UP = "topped-up";

  private final Matter matter;
  private final State state;

  Changing(Matter matter) {
    this.matter = matter;
    this.state = matter.state();
  }

  /// @param decided what it comes to where nobody else must accept it
  Decided apply(Command.ApplyResources apply, Decided decided) {
    Set<String> changed = new TreeSet<>();
    for (Change change : decided.plan().changes()) {
      if (!(change instanceof Change.Unchanged)) {
        changed.add(change.kind() + "/" + change.name());
      }
    }
    List<Resource> declared = new ArrayList<>();
    for (Declaration declaration : apply.declarations()) {
      Resource resource = declaration.resource();
      if (changed.contains(resource.kind() + "/" + resource.name())) {
        declared.add(resource);
      }
    }
    return controlled(new Content(declared, List.of()), decided);
  }

  Decided delete(Command.DeleteResource delete, Decided decided) {
    List<Resource> deleted = state.find(Kinds.word(delete.kind()), delete.name()).stream().toList();
    return controlled(new Content(List.of(), deleted), decided);
  }

  Decided topUp(Command.TopUpBudget topUp, Decided decided) {
    return controlled(Content.of(new Lending(matter).wished(topUp)), decided);
  }

  private Decided controlled(Content content, Decided decided) {
    if (decided.plan().refused() || matter.actor().equals(Actor.SYSTEM)) {
      return decided;
    }
    Widening widening = Widening.of(state, content, matter.proving());
    return widening.widens().isEmpty() || nobodyElse(content)
        ? decided
        : proposed(content, decided.plan(), widening);
  }

  /// Whether people are given rights on a server where nobody could accept that: the first ones.
  private boolean nobodyElse(Content content) {
    String proposer = PersonBehind.orMaker(matter.actor(), state);
    for (Resource resource : content.all()) {
      if (!(resource instanceof Person)) {
        return false;
      }
    }
    for (Person person : state.all(Person.class)) {
      if (!person.id().equals(proposer) && mayAccept(new Authority(person.grants()), content)) {
        return false;
      }
    }
    return true;
  }

  private Decided proposed(Content content, Plan plan, Widening widening) {
    Decided decided = new Decided();
    List<ProposedChange> changes =
        content
            .toppedUp()
            .map(more ->
                List.of(change(Budget.class.getSimpleName(), more.budget().name(), TOPPED_UP)))
            .orElseGet(() -> changes(plan));
    String json = content.json();
    String id = known(changes, json).orElse("");
    if (id.isEmpty()) {
      refuseTooMuch(changes, json);
      byte[] random = new byte[8];
      matter.random().nextBytes(random);
      id = "change-" + HexFormat.of().formatHex(random);
      SealedText sealed = SealedText.seal("", json, matter.random());
      decided.add(sealed);
      decided.add(
          new Event.ChangeProposed(
              id,
              changes,
              widening.widens(),
              widening.narrows(),
              sealed.commitment(),
              Optional.of(widening.whole())));
    }
    decided.plan(
        new Plan(
            plan.changes(),
            plan.problems(),
            plan.warnings(),
            Optional.of(new Plan.Proposed(id, widening.widens(), widening.narrows()))));
    return decided;
  }

  private void refuseTooMuch(List<ProposedChange> changes, String json) {
    if (state.proposals().open().size() >= OPEN_MAX) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          OPEN_MAX + " changes wait for a second person already; accept or reject some first");
    }
    if (changes.size() > CHANGES_MAX || json.length() > CONTENT_CHARACTERS_MAX) {
      throw new ApiException(
          ErrorCode.TOO_LARGE,
          "it widens what agents may do where they run, and is too much for one person to look at;"
              + " apply at most "
              + CHANGES_MAX
              + " changed resources at a time");
    }
  }

  /// The same, where it waits already: who applies it again and again proposes it once.
  private Optional<String> known(List<ProposedChange> changes, String json) {
    for (Proposal open : state.proposals().open()) {
      boolean same =
          open.changes().equals(changes) && state.text(open.content()).equals(Optional.of(json));
      // Nobody can accept what somebody proposed who may do nothing here any more.
      if (same && !state.authority(open.by(), matter.now()).equals(Authority.NONE)) {
        return Optional.of(open.id());
      }
    }
    return Optional.empty();
  }

  private List<ProposedChange> changes(Plan plan) {
    List<ProposedChange> changes = new ArrayList<>();
    for (Change change : plan.changes()) {
      String word =
          switch (change) {
            case Change.Created _ -> "created";
            case Change.Changed _ -> "changed";
            case Change.Deleted _ -> "deleted";
            case Change.Unchanged _ -> "";
          };
      if (!word.isEmpty()) {
        changes.add(change(change.kind(), change.name(), word));
      }
    }
    return changes;
  }

  private ProposedChange change(String kind, String name, String word) {
    String key =
        kind.equals(Person.class.getSimpleName())
            ? state.person(name).map(Person::id).orElse("")
            : name;
    String base = state.bodyOf(kind, name).map(Digest::hex).orElse("");
    return new ProposedChange(kind, key, word, base);
  }

  void accept(Command.AcceptChange accept) {
    Proposal proposal = open(accept.id());
    Content content = content(proposal);
    if (!mayAccept(matter.authority(), content)) {
      throw notTheirs();
    }
    Matter.checkReason(accept.reason(), "an acceptance");
    requireSecond(proposal);
    Authority proposer = state.authority(proposal.by(), matter.now());
    if (proposer.equals(Authority.NONE)) {
      throw new ApiException(
          ErrorCode.CONFLICT, "who proposed it may do nothing here any more; apply it anew");
    }
    refuseStale(proposal);
    refuseWider(proposal, content);
    matter.decided().add(new Event.ChangeAccepted(proposal.id(), matter.seal(accept.reason())));
    Matter theirs =
        new Matter(
            state,
            proposer,
            matter.actor(),
            matter.now(),
            matter.random(),
            matter.proving(),
            new Decided());
    matter.decided().addAll(carriedOut(theirs, content));
  }

  private static Decided carriedOut(Matter theirs, Content content) {
    if (content.toppedUp().isPresent()) {
      new Lending(theirs).topUp(content.toppedUp().get());
      return theirs.decided();
    }
    if (!content.declared().isEmpty()) {
      return new Applying(theirs.state(), theirs.authority(), theirs.random())
          .decide(content.declarations());
    }
    for (Resource resource : content.deleted()) {
      new Departures(theirs).delete(resource.kind(), resource.name());
    }
    return theirs.decided();
  }

  void reject(Command.RejectChange reject) {
    Proposal proposal = open(reject.id());
    boolean own =
        matter.actor().equals(proposal.by())
            || (!PersonBehind.of(matter.actor(), state).isEmpty()
                && PersonBehind.of(matter.actor(), state)
                    .equals(PersonBehind.of(proposal.by(), state)));
    boolean readable = state.text(proposal.content()).isPresent();
    if (!own
        && !(readable
            ? mayAccept(matter.authority(), content(proposal))
            : matter.authority().mayAnywhere(Permission.DEPLOY))) {
      throw notTheirs();
    }
    Matter.checkReason(reject.reason(), "a rejection");
    matter.decided().add(new Event.ChangeRejected(proposal.id(), matter.seal(reject.reason())));
  }

  /// Whoever may declare it, or answers for what agents do there: of people, who may release.
  private static boolean mayAccept(Authority authority, Content content) {
    for (Resource resource : content.all()) {
      boolean may = authority.may(Scopes.permission(resource), Scopes.of(resource));
      Permission answering = resource instanceof Person ? Permission.DEPLOY : Permission.APPROVE;
      boolean answers = authority.may(answering, Scopes.of(resource));
      if (!may && !answers) {
        return false;
      }
    }
    return true;
  }

  private void requireSecond(Proposal proposal) {
    String second = PersonBehind.of(matter.actor(), state);
    if (second.isEmpty()) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "a second person must accept it, and a token that is nobody's is no person; log in with"
              + " one's own token");
    }
    if (second.equals(PersonBehind.orMaker(proposal.by(), state))) {
      throw new ApiException(ErrorCode.CONFLICT, "you proposed it; a second person must accept it");
    }
  }

  private void refuseStale(Proposal proposal) {
    for (ProposedChange change : proposal.changes()) {
      String now =
          change.key().isEmpty()
              ? ""
              : state.bodyOf(change.kind(), change.key()).map(Digest::hex).orElse("");
      if (!now.equals(change.base())) {
        throw new ApiException(
            ErrorCode.CONFLICT,
            change.kind()
                + " "
                + change.key()
                + " was changed since it was proposed; reject it, and apply it anew");
      }
    }
  }

  /// What is accepted is what was shown: other policies or versions may have come meanwhile.
  private void refuseWider(Proposal proposal, Content content) {
    Widening now = Widening.of(state, content, matter.proving());
    if (now.whole().equals(proposal.whole())) {
      return;
    }
    List<String> more = new ArrayList<>(now.widens());
    // Of lines that were not shown nobody can say whether they are the same ones.
    if (!now.hides()) {
      more.removeAll(proposal.widens());
    }
    if (!more.isEmpty()) {
      throw new ApiException(
          ErrorCode.CONFLICT,
          "by now it would widen more than was shown ("
              + more.getFirst()
              + "); reject it, and apply it anew");
    }
  }

  private Proposal open(String id) {
    Proposal proposal =
        state
            .proposals()
            .find(id)
            .orElseThrow(() ->
                matter.notFound(
                    "proposal", id, state.proposals().open().stream().map(Proposal::id).toList()));
    if (!proposal.open()) {
      throw new ApiException(
          ErrorCode.CONFLICT, "change " + id + " is " + proposal.status().word() + " already");
    }
    return proposal;
  }

  private Content content(Proposal proposal) {
    return state
        .text(proposal.content())
        .map(Content::read)
        .orElseThrow(() ->
            new ApiException(
                ErrorCode.CONFLICT,
                "what it would change was erased with a person whom it named; reject it, and apply"
                    + " it anew"));
  }

  private static ApiException notTheirs() {
    return new ApiException(
        ErrorCode.FORBIDDEN,
        "answering this change needs the permission to declare what it changes, or to approve"
            + " there; ask an admin for a role that has it");
  }
}
