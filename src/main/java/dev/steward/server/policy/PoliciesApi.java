// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.proof.Conclusion;
import dev.steward.control.proof.Proofs;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Resource;
import dev.steward.policy.proof.Comparison;
import dev.steward.policy.proof.Difference;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Statement;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Proofs of what policies never allow.
public final class PoliciesApi {
  private static final String GROUP = "Policies";
  private static final int FILES_MAX = 1_000;

  private final Control control;

  public PoliciesApi(Control control) {
    this.control = control;
  }

  /// What is to be proved.
  ///
  /// @param statement `agent A never calls SERVER/TOOL [without approval] [in environment E]`, with
  ///   `does a money effect` or `reads label pii` in place of `calls`; `agent A [version V] allows
  ///   nothing that version W did not`; or, of files, `allows nothing new`
  /// @param files manifests that are taken as if they were applied
  /// @param before manifests that `files` are compared with, as if these were applied instead; null
  ///   for what is in force
  public record ProofRequest(
      String statement, @Nullable List<ProposedFile> files, @Nullable List<ProposedFile> before) {}

  /// One file of manifests.
  public record ProposedFile(String name, String text) {}

  /// How the proof ended.
  ///
  /// @param statement as it was understood
  /// @param cases how many pairs of agent, call and environment were searched, null when refuted
  /// @param change what differs, where two versions or sets of policies were compared; else null
  public record ProofItem(
      boolean proved,
      String statement,
      @Nullable Long cases,
      @Nullable CounterexampleItem counterexample,
      @Nullable ComparisonItem change) {}

  /// A call that goes through.
  ///
  /// @param workflow that the caller says it works for, absent where it need say none
  public record CounterexampleItem(
      String agent,
      String tool,
      String environment,
      @Nullable String workflow,
      String outcome,
      List<String> rules,
      List<SuppositionItem> suppositions) {}

  /// A condition and the truth that it is supposed to have.
  public record SuppositionItem(String rule, String condition, boolean holds) {}

  public List<Route> routes() {
    return List.of(
        Route.post("/api/v1/policies/prove", Need.READ)
            .about(
                GROUP,
                "Proves what policies never allow, with every condition unknown, or gives a"
                    + " counterexample. With `files`, of the policies as they would be. Two sets of"
                    + " policies or two versions of an agent are compared: `change` says whether"
                    + " it is a narrowing, an expansion, the same or mixed, with the evidence.")
            .takes(ProofRequest.class)
            .gives(ProofItem.class)
            .by(this::prove));
  }

  private Reply prove(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    ProofRequest asked = exchange.json(ProofRequest.class);
    Statement statement = Statement.parse(asked.statement() == null ? "" : asked.statement());
    Proofs proofs = Proofs.of(control.state(), resources(asked.files()), resources(asked.before()));
    return Reply.json(item(proofs.conclude(statement)));
  }

  private static List<Resource> resources(@Nullable List<ProposedFile> files) {
    if (files == null) {
      return List.of();
    }
    if (files.size() > FILES_MAX) {
      throw new ApiException(ErrorCode.TOO_LARGE, "more than " + FILES_MAX + " files");
    }
    Manifest manifest =
        Manifests.read(
            files.stream().map(file -> new ManifestFile(file.name(), file.text())).toList());
    if (!manifest.problems().isEmpty()) {
      throw new ApiException(ErrorCode.INVALID, manifest.problems().getFirst().toString());
    }
    return manifest.declarations().stream().map(Declaration::resource).toList();
  }

  private static ProofItem item(Conclusion conclusion) {
    String statement = conclusion.statement().toString();
    return switch (conclusion) {
      case Conclusion.Searched(var _, Proof.Proved(long cases)) ->
          new ProofItem(true, statement, cases, null, null);
      case Conclusion.Searched(var _, Proof.Refuted(Proof.Counterexample found)) ->
          new ProofItem(false, statement, null, item(found), null);
      case Conclusion.Compared(var _, Comparison comparison) ->
          new ProofItem(
              conclusion.proved(),
              statement,
              conclusion.proved() ? comparison.cases() : null,
              comparison.looser().isEmpty() ? null : item(comparison.looser().getFirst()),
              ComparisonItem.of(comparison));
    };
  }

  private static CounterexampleItem item(Proof.Counterexample found) {
    return new CounterexampleItem(
        found.agent(),
        found.tool(),
        found.environment(),
        ComparisonItem.said(found.workflow()),
        found.outcome().word(),
        ComparisonItem.names(found.rules()),
        suppositions(found.suppositions()));
  }

  /// What goes through now, so that whoever asks for a proof finds one form of counterexample.
  private static CounterexampleItem item(Difference found) {
    return new CounterexampleItem(
        found.agent(),
        found.what(),
        found.environment(),
        ComparisonItem.said(found.workflow()),
        found.after().tier().word(),
        ComparisonItem.names(found.after().rules()),
        suppositions(found.after().suppositions()));
  }

  static List<SuppositionItem> suppositions(List<Proof.Supposition> supposed) {
    return supposed.stream()
        .map(each -> new SuppositionItem(each.rule().toString(), each.condition(), each.holds()))
        .toList();
  }
}
