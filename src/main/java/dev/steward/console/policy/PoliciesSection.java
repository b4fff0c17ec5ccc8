// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.policy;

import dev.steward.console.format.Figures;
import dev.steward.console.frame.Crumb;
import dev.steward.console.frame.Framer;
import dev.steward.console.frame.Pages;
import dev.steward.console.frame.Section;
import dev.steward.console.frame.Visit;
import dev.steward.console.part.Empty;
import dev.steward.console.part.Link;
import dev.steward.console.policy.PoliciesPage.Card;
import dev.steward.console.policy.PoliciesPage.PreviewBox;
import dev.steward.console.policy.PoliciesPage.ProofBox;
import dev.steward.console.policy.PoliciesPage.TestBox;
import dev.steward.console.proposal.ProposalsSection;
import dev.steward.console.view.ConsoleViews;
import dev.steward.console.web.PageResponse;
import dev.steward.console.web.Reader;
import dev.steward.control.proof.Proofs;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/policies`: what agents may do, and what they are proved never to do.
public final class PoliciesSection implements Section {
  private static final int POLICIES = 100;
  private static final int RULES = 12;
  private static final String EXAMPLE =
      """
      apiVersion: steward/v1
      kind: Policy
      metadata: {name: refunds-need-a-human}
      spec:
        agents: [refunds]
        environments: [production]
        rules:
          - {tool: payments/get_order, effect: allow}
          - {tool: payments/refund, effect: require_approval}
      """;

  private final ConsoleViews views;
  private final Framer framer;
  private final PolicyPreviews previews;

  public PoliciesSection(ConsoleViews views, Pages pages, InstantSource clock) {
    this.views = views;
    this.framer = pages.framer();
    this.previews = new PolicyPreviews(views, clock);
  }

  @Override
  public String segment() {
    return "policies";
  }

  @Override
  public PageResponse get(Visit visit) {
    List<SeenPolicy> seen = seen(visit.reader());
    return switch (visit.depth()) {
      case 0 ->
          visit.html("policies", all(visit, seen, tests(visit), previews.empty(visit.reader())));
      case 1 -> one(visit, seen, visit.path().getFirst());
      default -> visit.notFound();
    };
  }

  @Override
  public PageResponse post(Visit visit) {
    if (visit.depth() != 1) {
      return visit.notFound();
    }
    return switch (visit.path().getFirst()) {
      case "preview" -> preview(visit);
      case "test" -> test(visit);
      default -> visit.notFound();
    };
  }

  private PageResponse preview(Visit visit) {
    PreviewBox box = previews.of(visit.reader(), visit.request().form());
    if (box == null) {
      return visit.forbidden("preview policies");
    }
    return answered(visit, box.wrong(), all(visit, seen(visit.reader()), tests(visit), box));
  }

  private PageResponse test(Visit visit) {
    if (!visit.reader().seesAll()) {
      return visit.forbidden("try cases on policies");
    }
    TestBox box =
        PolicyTests.of(
            visit.request().form().getOrDefault("cases", ""),
            views.control().state(),
            List.copyOf(views.registry().agents()));
    return answered(
        visit, box.wrong(), all(visit, seen(visit.reader()), box, previews.empty(visit.reader())));
  }

  private static PageResponse answered(Visit visit, String wrong, PoliciesPage page) {
    return new PageResponse.Html(
        wrong.isEmpty() ? 200 : 422, visit.pages().templates().render("policies", page));
  }

  /// Cases are about all policies, so they are for who may see them all.
  private static @Nullable TestBox tests(Visit visit) {
    return visit.reader().seesAll() ? PolicyTests.empty() : null;
  }

  private List<SeenPolicy> seen(Reader reader) {
    List<Agent> agents = framer.seen(reader, views.registry().agents());
    List<SeenPolicy> seen = new ArrayList<>();
    for (Policy policy : views.control().state().all(Policy.class)) {
      SeenPolicy.of(policy, reader, agents).ifPresent(seen::add);
    }
    return seen;
  }

  private PoliciesPage all(
      Visit visit, List<SeenPolicy> seen, @Nullable TestBox tests, @Nullable PreviewBox preview) {
    List<Card> cards = new ArrayList<>();
    for (SeenPolicy policy : seen.subList(0, Math.min(POLICIES, seen.size()))) {
      cards.add(PolicyCards.card(policy, cards.size(), RULES));
    }
    return new PoliciesPage(
        framer.single(visit.request(), "Policies", "policies", List.of(), ""),
        "Policies",
        "What agents may do. The tightest rule that matches wins, and a tool that no rule allows is"
            + " denied. Rules hold for calls of models and tools through the gateway, and for tool"
            + " calls that a model proposes in its answer.",
        proof(visit),
        tests,
        preview,
        cards,
        "",
        seen.size() > POLICIES
            ? Figures.of(seen.size() - POLICIES, "more policy is", "more policies are")
                + " not shown; steward get policies lists them, and each has its page at"
                + " /policies/NAME."
            : "",
        seen.isEmpty() ? none(visit.reader()) : null,
        waiting(visit.reader()));
  }

  private @Nullable Link waiting(Reader reader) {
    int waiting = ProposalsSection.waiting(views.control().state(), reader);
    return waiting == 0
        ? null
        : new Link(
            Figures.of(waiting, "change waits", "changes wait") + " for a second person",
            "/proposals");
  }

  private PageResponse one(Visit visit, List<SeenPolicy> seen, String name) {
    Optional<SeenPolicy> found =
        seen.stream().filter(policy -> policy.policy().name().equals(name)).findFirst();
    if (found.isEmpty()) {
      return visit.notFound();
    }
    return visit.html(
        "policies",
        new PoliciesPage(
            framer.single(
                visit.request(), name, "policies", List.of(new Crumb("Policies", "/policies")), ""),
            name,
            "The tightest rule that matches wins, over all policies.",
            null,
            null,
            null,
            List.of(PolicyCards.card(found.get(), 0, Integer.MAX_VALUE)),
            visit.reader().seesAll() ? PolicyCards.text(found.get().policy()) : "",
            "",
            null,
            null));
  }

  /// A proof is about all policies, so it is for who may see them all.
  private @Nullable ProofBox proof(Visit visit) {
    if (!visit.reader().seesAll()) {
      return null;
    }
    String asked = visit.request().parameter("prove");
    return PolicyProofs.box(
        asked == null ? "" : asked.strip(),
        Proofs.of(views.control().state(), views.registry().agents()));
  }

  private static Empty none(Reader reader) {
    return reader.seesAll()
        ? Empty.of(
                "No policy is declared",
                "Any model may be asked, and no tool is allowed by a rule. Apply one like this with"
                    + " steward apply -f.")
            .withCopy(EXAMPLE)
        : Empty.of("No policy is for an agent that you may see", "What no rule allows is denied.");
  }
}
