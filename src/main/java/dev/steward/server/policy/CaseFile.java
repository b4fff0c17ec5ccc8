// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.policy;

import dev.steward.control.cases.Cases;
import dev.steward.control.cases.PolicyCase;
import dev.steward.control.manifest.Declaration;
import dev.steward.control.manifest.Manifest;
import dev.steward.control.manifest.ManifestFile;
import dev.steward.control.manifest.Manifests;
import dev.steward.control.manifest.Problem;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.YamlReader;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.Policy;
import dev.steward.domain.resource.Resource;
import dev.steward.domain.resource.ToolServer;
import dev.steward.policy.PolicyCheck;
import dev.steward.policy.PolicySet;
import dev.steward.policy.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file of cases and the policies that they are about.
///
/// @param policies in `files`, empty when the file names none and those in force are meant
public record CaseFile(Optional<PolicySet> policies, Cases cases) {

  /// Reads the file and the manifests that it names, which lie beside it.
  ///
  /// @param inForce the resources that are meant when the file names none
  /// @throws ApiException INVALID with everything that is wrong
  public static CaseFile read(Path path, List<Resource> inForce) {
    return Cases.one(path.toString(), text(path), document -> read(path, document, inForce));
  }

  /// Runs all cases.
  public List<PolicyCase.Result> run() {
    return cases.run(policies.orElse(PolicySet.NONE));
  }

  /// Whether the file names its own policies, so that no server need be asked.
  public static boolean standsAlone(Path path) {
    Flaws flaws = new Flaws();
    List<Boolean> named = new ArrayList<>();
    YamlReader.read(
        text(path), document -> named.add(Fields.of(document, "", flaws).has("files")), flaws);
    return named.contains(true) || flaws.count() > 0;
  }

  /// The resources compiled.
  public static PolicySet compile(List<Resource> resources) {
    List<Policy> policies = new ArrayList<>();
    List<ToolServer> servers = new ArrayList<>();
    for (Resource resource : resources) {
      if (resource instanceof Policy policy) {
        policies.add(policy);
      } else if (resource instanceof ToolServer server) {
        servers.add(server);
      }
    }
    return PolicySet.of(policies, Tools.of(servers));
  }

  private static CaseFile read(Path path, Fields fields, List<Resource> inForce) {
    List<Resource> resources =
        fields.has("files") ? declared(path, fields, fields.texts("files")) : inForce;
    List<Agent> agents = new ArrayList<>();
    for (Resource resource : resources) {
      if (resource instanceof Agent agent) {
        agents.add(agent);
      }
    }
    Cases cases = Cases.read(fields, agents);
    fields.close();
    return new CaseFile(Optional.of(compile(resources)), cases);
  }

  private static List<Resource> declared(Path path, Fields fields, List<String> names) {
    List<ManifestFile> files = new ArrayList<>();
    for (String name : names) {
      files.addAll(Manifests.files(path.resolveSibling(name)));
    }
    Manifest manifest = Manifests.read(files);
    for (Problem problem : manifest.problems()) {
      fields.flaw("files", problem.toString());
    }
    List<Resource> resources = manifest.declarations().stream().map(Declaration::resource).toList();
    check(fields, manifest.declarations(), resources);
    return resources;
  }

  private static void check(
      Fields fields, List<Declaration> declarations, List<Resource> resources) {
    PolicyCheck check = new PolicyCheck(compile(resources).tools());
    for (Declaration declaration : declarations) {
      if (declaration.resource() instanceof Policy policy) {
        for (PolicyCheck.Wrong wrong : check.check(policy).wrong()) {
          fields.flaw(
              "files",
              declaration
                  .problem("spec.rules[" + wrong.rule() + "].when", wrong.mistake().toString())
                  .toString());
        }
      }
    }
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new ApiException(ErrorCode.NOT_FOUND, path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
