// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.command;

import dev.steward.control.access.Authority;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Scopes;
import dev.steward.control.event.Event;
import dev.steward.control.kind.Kinds;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Problem;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.control.plan.PolicyReview;
import dev.steward.control.plan.TreeDiff;
import dev.steward.control.plan.Warnings;
import dev.steward.control.shelf.Revision;
import dev.steward.control.shelf.SealedText;
import dev.steward.control.shelf.StoredForm;
import dev.steward.control.state.State;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.ApiException;
import dev.steward.domain.Digest;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AlertRule;
import dev.steward.domain.resource.Budget;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.DataSource;
import dev.steward.domain.resource.Gate;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.Person;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Price;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// One apply being decided: all of its resources against one State.
final class Applying {
  private final State state;
  private final Authority authority;
  private final RandomGenerator random;
  private final Decided decided = new Decided();
  private final List<Change> changes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Declaration> declared = new HashMap<>();
  private final Map<String, String> newPeople = new HashMap<>();
  private final List<String> people = new ArrayList<>();
  private final Warnings warnings;

  Applying(State state, Authority authority, RandomGenerator random) {
    this.state = state;
    this.authority = authority;
    this.random = random;
    this.warnings = new Warnings(state, declared);
  }

  /// Decides; where the plan is refused there are no events.
  Decided decide(List<Declaration> declarations) {
    for (Declaration declaration : declarations) {
      register(declaration);
    }
    for (Declaration declaration : declarations) {
      authorise(declaration.resource());
      checkOwner(declaration);
      warnings.add(declaration);
    }
    PolicyReview review = PolicyReview.of(state, declared);
    problems.addAll(review.problems());
    if (problems.isEmpty()) {
      declarations.forEach(this::declare);
    }
    List<Problem> doubts = new ArrayList<>(warnings.found());
    doubts.addAll(review.warnings());
    decided.plan(new Plan(changes, problems, doubts));
    return decided;
  }

  private void register(Declaration declaration) {
    Resource resource = declaration.resource();
    String key = resource.kind() + "/" + resource.name();
    Declaration earlier = declared.putIfAbsent(key, declaration);
    if (earlier != null) {
      problems.add(
          declaration.problem(
              "metadata.name",
              resource.kind()
                  + " "
                  + resource.name()
                  + " is declared twice"
                  + (earlier.file().isEmpty()
                      ? ""
                      : ", first in " + earlier.file() + ":" + earlier.line())
                  + "; remove one"));
    }
    if (resource instanceof Person && state.person(resource.name()).isEmpty()) {
      byte[] id = new byte[8];
      random.nextBytes(id);
      newPeople.put(resource.name(), "person-" + HexFormat.of().formatHex(id));
    }
  }

  private void authorise(Resource resource) {
    Permission permission = Scopes.permission(resource);
    boolean may = authority.may(permission, Scopes.of(resource));
    Optional<Resource> before = state.find(resource.kind(), resource.name());
    if (!may || !before.map(b -> authority.may(permission, Scopes.of(b))).orElse(true)) {
      throw new ApiException(
          ErrorCode.FORBIDDEN,
          "declaring "
              + resource.kind()
              + " "
              + resource.name()
              + " needs the permission "
              + permission
              + " for it; ask an admin for a role that has it");
    }
  }

  private void checkOwner(Declaration declaration) {
    if (!Kinds.of(declaration.resource().kind()).owned()) {
      return;
    }
    String owner = Scopes.owner(declaration.resource());
    if (personId(owner).isEmpty()) {
      problems.add(
          declaration.problem(
              "spec.owner",
              "'"
                  + owner
                  + "' is nobody known; an owner is one Person, so declare it before or in the"
                  + " same apply."
                  + Nearest.hint(owner, people())));
    }
  }

  /// Made once, since every declaration of a large file may name somebody unknown.
  private List<String> people() {
    if (people.isEmpty()) {
      people.addAll(newPeople.keySet());
      state.all(Person.class).forEach(person -> people.add(person.name()));
    }
    return people;
  }

  private Optional<String> personId(String name) {
    return Optional.ofNullable(newPeople.get(name))
        .or(() -> state.person(name).filter(p -> p.name().equals(name)).map(Person::id));
  }

  private void declare(Declaration declaration) {
    Resource resource = declaration.resource();
    String key =
        resource instanceof Person ? personId(resource.name()).orElseThrow() : resource.name();
    StoredForm form = StoredForm.of(resource, name -> personId(name).orElseThrow());
    Digest body = Digest.of(form.body());
    Optional<Revision> last =
        state.history(resource.kind(), key).reversed().stream()
            .findFirst()
            .filter(revision -> !revision.deleted());
    if (last.isPresent() && same(last.get(), body, form)) {
      changes.add(new Change.Unchanged(resource.kind(), resource.name()));
      return;
    }
    changes.add(
        last.isEmpty()
            ? new Change.Created(resource.kind(), resource.name())
            : new Change.Changed(
                resource.kind(),
                resource.name(),
                TreeDiff.of(state.find(resource.kind(), key).orElseThrow(), resource)));
    decided.add(body, form.body().getBytes(StandardCharsets.UTF_8));
    switch (resource) {
      case Agent agent -> declareAgent(agent, body);
      case Person _ -> declarePerson(key, body, form.card());
      case ToolServer _,
          DataSource _,
          ModelProvider _,
          Price _,
          Policy _,
          Budget _,
          Channel _,
          AlertRule _,
          Gate _ ->
          decided.add(new Event.ResourceDeclared(resource.kind(), key, body));
    }
    decided.know(
        resource.kind() + "/" + key, resource instanceof Person p ? p.withId(key) : resource);
  }

  private boolean same(Revision last, Digest body, StoredForm form) {
    if (!body.equals(last.body())) {
      return false;
    }
    Digest version = last.version();
    Digest card = last.card();
    return (version == null || version.equals(Digest.of(form.version())))
        && (card == null || state.text(card).filter(form.card()::equals).isPresent());
  }

  private void declareAgent(Agent agent, Digest body) {
    Digest version = agent.version().digest();
    decided.add(version, agent.version().json().getBytes(StandardCharsets.UTF_8));
    decided.add(new Event.AgentDeclared(agent.name(), body, version));
    if (!version.equals(state.environments(agent.name()).get(Scopes.DEVELOPMENT))) {
      decided.add(new Event.VersionPutInForce(agent.name(), Scopes.DEVELOPMENT, version));
    }
  }

  private void declarePerson(String id, Digest body, String card) {
    SealedText sealed = SealedText.seal(id, card, random);
    decided.add(sealed);
    decided.add(new Event.PersonDeclared(id, body, sealed.commitment()));
  }
}
