// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.fleet;

import dev.steward.console.fleet.RegisterPage.Flaw;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.profile.ManifestDraft;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageRequest;
import dev.steward.console.web.Reader;
import dev.steward.control.command.Command;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.manifest.Problem;
import dev.steward.control.plan.Change;
import dev.steward.control.plan.Plan;
import dev.steward.domain.ApiException;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Person;
import dev.steward.trace.run.ActivityQuery;
import dev.steward.trace.run.UsedPart;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the form that registers an agent, and does what it asks for.
final class RegisterPages {
  private static final Duration LOOK_BACK = Duration.ofDays(90);
  private static final int CHARACTERS_MAX = 262_144;
  private static final int LINES_MIN = 16;
  private static final int LINES_MAX = 40;

  private final ConsoleViews views;
  private final Framer framer;

  RegisterPages(ConsoleViews views, Framer framer) {
    this.views = views;
    this.framer = framer;
  }

  /// What came of a posted manifest.
  ///
  /// @param applied name of the agent that is registered now, empty where nothing was done
  record Outcome(Optional<String> applied, RegisterPage page) {}

  RegisterPage page(PageRequest request, Reader reader) {
    String name = request.parameter("name");
    List<UsedPart> used = name == null ? List.of() : used(request, reader, name);
    String manifest = ManifestDraft.of(name == null ? "my-agent" : name, owner(reader), used);
    return page(request, name, manifest, List.of(), Plan.NOTHING, false);
  }

  private List<UsedPart> used(PageRequest request, Reader reader, String name) {
    Instant now = framer.moments(request).now();
    return framer
        .traces(reader)
        .used(new ActivityQuery(now.minus(LOOK_BACK), now.plusSeconds(600), name, null));
  }

  /// The reader's own name among people, else a place to put one.
  private String owner(Reader reader) {
    return reader.actor().kind().equals("person")
        ? views.control().state().person(reader.actor().id()).map(Person::name).orElse("")
        : "somebody@example.com";
  }

  /// Looks at a manifest, and applies it where the form says so and nothing is wrong.
  Outcome posted(PageRequest request, Reader reader) {
    String name = request.form().get("name");
    String text = request.form().getOrDefault("manifest", "").replace("\r\n", "\n");
    if (text.length() > CHARACTERS_MAX) {
      return refused(request, name, "", List.of(problem("It is longer than 262,144 characters.")));
    }
    Manifest manifest = Manifests.read(List.of(new ManifestFile("", text)));
    if (!manifest.problems().isEmpty()) {
      return refused(request, name, text, manifest.problems());
    }
    if (manifest.declarations().isEmpty()) {
      return refused(
          request, name, text, List.of(problem("There is no resource in it: begin with kind.")));
    }
    Command command = new Command.ApplyResources(manifest.declarations());
    try {
      Plan plan = views.control().preview(command, reader.actor());
      if (plan.refused()) {
        return refused(request, name, text, plan.problems());
      }
      if (!"apply".equals(request.form().get("act"))) {
        return new Outcome(Optional.empty(), page(request, name, text, List.of(), plan, true));
      }
      Optional<Plan.Proposed> waits =
          views.control().submit(command, reader.actor()).plan().proposed();
      if (waits.isPresent()) {
        return refused(request, name, text, List.of(problem(waiting(waits.get()))));
      }
      return new Outcome(
          Optional.of(agent(manifest)), page(request, name, text, List.of(), plan, true));
    } catch (ApiException e) {
      return refused(request, name, text, List.of(problem(String.valueOf(e.getMessage()))));
    }
  }

  private static String waiting(Plan.Proposed proposed) {
    return "Nothing acts yet: a second person must accept it under Policies, Proposals ("
        + proposed.id()
        + "), since "
        + String.join("; ", proposed.widens())
        + ".";
  }

  private static String agent(Manifest manifest) {
    return manifest.declarations().stream()
        .map(declaration -> declaration.resource())
        .filter(Agent.class::isInstance)
        .map(resource -> resource.name())
        .findFirst()
        .orElse("");
  }

  private static Problem problem(String message) {
    return new Problem("", 0, "", message);
  }

  private Outcome refused(
      PageRequest request, @Nullable String name, String text, List<Problem> problems) {
    return new Outcome(Optional.empty(), page(request, name, text, problems, Plan.NOTHING, false));
  }

  private RegisterPage page(
      PageRequest request,
      @Nullable String name,
      String text,
      List<Problem> problems,
      Plan plan,
      boolean checked) {
    String[] lines = text.split("\n", -1);
    return new RegisterPage(
        framer.single(
            request,
            name == null ? "Register an agent" : "Register " + name,
            "fleet",
            List.of(new Crumb("Fleet", "/fleet")),
            ""),
        name == null ? "" : name,
        name == null
            ? "Say who owns it, what it is for and what it may use. Applied, it is an entry of the"
                + " ledger under your name."
            : "Filled with what its runs used in the last 90 days. Say who owns it, what it is for"
                + " and what harm it can do; applied, it is an entry of the ledger under your"
                + " name.",
        text,
        Math.clamp(lines.length + 1, LINES_MIN, LINES_MAX),
        problems.stream().map(problem -> flaw(problem, lines)).toList(),
        plan.warnings().stream().map(problem -> flaw(problem, lines)).toList(),
        plan.changes().stream().map(RegisterPages::words).toList(),
        checked);
  }

  private static Flaw flaw(Problem problem, String[] lines) {
    int line = problem.line();
    String field = problem.field();
    String where = line == 0 ? field : "Line " + line + (field.isEmpty() ? "" : ", " + field);
    return new Flaw(
        where, problem.message(), line > 0 && line <= lines.length ? lines[line - 1].strip() : "");
  }

  private static String words(Change change) {
    String what = change.kind() + " " + change.name();
    return switch (change) {
      case Change.Created _ -> what + " is created";
      case Change.Changed c ->
          what
              + " changes in "
              + c.fields().size()
              + (c.fields().size() == 1 ? " field" : " fields");
      case Change.Unchanged _ -> what + " stays as it is";
      case Change.Deleted _ -> what + " is deleted";
    };
  }
}
