// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.control.Control;
import dev.steward.control.access.Permission;
import dev.steward.control.access.Target;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.state.State;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.decision.RuleName;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicySet;
import dev.steward.policy.proof.Proof;
import dev.steward.policy.proof.Prover;
import dev.steward.policy.proof.Statement;
import dev.steward.server.access.Need;
import dev.steward.server.http.Exchange;
import dev.steward.server.http.Reply;
import dev.steward.server.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Proofs of what policies never allow.
public final class PoliciesApi {
  private static final String GROUP = "Policies";
  private static final String NOTHING_NEW = "allows nothing new";
  private static final int FILES_MAX = 1_000;

  private final Control control;

  public PoliciesApi(Control control) {
    this.control = control;
  }

  /// What is to be proved.
  ///
  /// @param statement `agent A never calls SERVER/TOOL [without approval] [in environment E]`, or
  ///   `allows nothing new` for files
  /// @param files manifests that are taken as if they were applied
  public record ProofRequest(String statement, @Nullable List<ProposedFile> files) {}

  /// One file of manifests.
  public record ProposedFile(String name, String text) {}

  /// How the proof ended.
  ///
  /// @param statement as it was understood
  /// @param cases how many pairs of agent, tool and environment were searched, null when refuted
  public record ProofItem(
      boolean proved,
      String statement,
      @Nullable Long cases,
      @Nullable CounterexampleItem counterexample) {}

  /// A call that goes through.
  public record CounterexampleItem(
      String agent,
      String tool,
      String environment,
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
                    + " counterexample. With `files`, of the policies as they would be.")
            .takes(ProofRequest.class)
            .gives(ProofItem.class)
            .by(this::prove));
  }

  private Reply prove(Exchange exchange) {
    exchange.caller().require(Permission.READ, Target.SERVER);
    ProofRequest asked = exchange.json(ProofRequest.class);
    State state = control.state();
    List<ProposedFile> files = asked.files();
    PolicySet policies = state.policies();
    List<Agent> agents = new ArrayList<>(state.agents());
    if (files != null && !files.isEmpty()) {
      List<Resource> proposed = proposed(files);
      policies = with(state, proposed);
      agents = with(agents, proposed);
    }
    Prover prover = new Prover(policies, agents);
    String statement = asked.statement() == null ? "" : asked.statement().strip();
    if (statement.equals(NOTHING_NEW)) {
      return Reply.json(item(NOTHING_NEW, prover.proveNothingNew(state.policies())));
    }
    Statement parsed = Statement.parse(statement);
    return Reply.json(item(parsed.toString(), prover.prove(parsed)));
  }

  private static List<Resource> proposed(List<ProposedFile> files) {
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

  private static PolicySet with(State state, List<Resource> proposed) {
    Map<String, Resource> byName = new LinkedHashMap<>();
    state.all(Policy.class).forEach(policy -> byName.put("Policy/" + policy.name(), policy));
    state
        .all(ToolServer.class)
        .forEach(server -> byName.put("ToolServer/" + server.name(), server));
    proposed.forEach(resource -> byName.put(resource.kind() + "/" + resource.name(), resource));
    return CaseFile.compile(List.copyOf(byName.values()));
  }

  private static List<Agent> with(List<Agent> agents, List<Resource> proposed) {
    Map<String, Agent> byName = new LinkedHashMap<>();
    agents.forEach(agent -> byName.put(agent.name(), agent));
    for (Resource resource : proposed) {
      if (resource instanceof Agent agent) {
        byName.put(agent.name(), agent);
      }
    }
    return List.copyOf(byName.values());
  }

  private static ProofItem item(String statement, Proof proof) {
    return switch (proof) {
      case Proof.Proved(long cases) -> new ProofItem(true, statement, cases, null);
      case Proof.Refuted(Proof.Counterexample found) ->
          new ProofItem(
              false,
              statement,
              null,
              new CounterexampleItem(
                  found.agent(),
                  found.tool(),
                  found.environment(),
                  found.outcome().word(),
                  found.rules().stream().map(RuleName::toString).toList(),
                  found.suppositions().stream()
                      .map(supposed ->
                          new SuppositionItem(
                              supposed.rule().toString(), supposed.condition(), supposed.holds()))
                      .toList()));
    };
  }
}
