// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import dev.steward.control.kind.Kinds;
import dev.steward.control.yaml.Flaw;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Node;
import dev.steward.control.yaml.YamlReader;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Resource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// Reads resources from YAML, and shows them in the same shape.
public final class Manifests {
  private static final int FILES_MAX = 10_000;

  /// Fields whose lines are kept, since State is asked about them later.
  private static final List<List<String>> PLACES =
      List.of(
          List.of("metadata", "name"),
          List.of("spec", "owner"),
          List.of("spec", "version"),
          List.of("spec", "tools"),
          List.of("spec", "agents"),
          List.of("spec", "scope"));

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
          .disable(YAMLWriteFeature.SPLIT_LINES)
          .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
          .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
          .build();

  private Manifests() {}

  /// Everything in the files, and everything that is wrong with them.
  public static Manifest read(List<ManifestFile> files) {
    List<Declaration> declarations = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (ManifestFile file : files) {
      Flaws flaws = new Flaws();
      YamlReader.read(
          file.text(),
          document -> declare(file.name(), document, flaws).ifPresent(declarations::add),
          flaws);
      for (Flaw flaw : flaws.found()) {
        problems.add(new Problem(file.name(), flaw.line(), flaw.field(), flaw.message()));
      }
      int more = flaws.count() - flaws.found().size();
      if (more > 0) {
        problems.add(new Problem(file.name(), 0, "", "and " + more + " further problems"));
      }
    }
    return new Manifest(declarations, problems);
  }

  /// The YAML files at the path: itself, or all below it that end in `.yaml` or `.yml`, by path.
  public static List<ManifestFile> files(Path fileOrFolder) {
    if (!Files.exists(fileOrFolder)) {
      throw new ApiException(
          ErrorCode.NOT_FOUND, fileOrFolder + " does not exist; name a file or folder of YAML");
    }
    try (Stream<Path> walk = Files.walk(fileOrFolder)) {
      List<Path> paths =
          walk.filter(Files::isRegularFile)
              .filter(p -> p.equals(fileOrFolder) || p.toString().matches(".*\\.ya?ml"))
              .sorted()
              .limit(FILES_MAX + 1L)
              .toList();
      if (paths.isEmpty()) {
        throw new ApiException(
            ErrorCode.NOT_FOUND, fileOrFolder + " holds no file that ends in .yaml or .yml");
      }
      if (paths.size() > FILES_MAX) {
        throw new ApiException(
            ErrorCode.TOO_LARGE, fileOrFolder + " holds more than " + FILES_MAX + " files");
      }
      List<ManifestFile> files = new ArrayList<>();
      for (Path path : paths) {
        files.add(new ManifestFile(path.toString(), text(path)));
      }
      return files;
    } catch (IOException e) {
      throw new ApiException(
          ErrorCode.INVALID, fileOrFolder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /// The resource as `apiVersion`, `kind`, `metadata` and `spec`.
  public static ObjectNode show(Resource resource) {
    return Kinds.write(resource);
  }

  /// The resource as a YAML document that can be applied again.
  public static String yaml(Resource resource) {
    return YAML.writeValueAsString(show(resource));
  }

  /// The word in `kind:` for what a user wrote, such as `agents`, `Agent` or `tool-servers`.
  ///
  /// @throws ApiException INVALID with the nearest right one
  public static String kind(String written) {
    return Kinds.word(written);
  }

  public static List<String> kinds() {
    return Kinds.words();
  }

  private static Optional<Declaration> declare(String file, Node document, Flaws flaws) {
    return Kinds.read(document, flaws)
        .map(resource -> new Declaration(resource, file, document.line(), lines(document)));
  }

  private static Map<String, Integer> lines(Node document) {
    Map<String, Integer> lines = new HashMap<>();
    for (List<String> place : PLACES) {
      member(document, place.getFirst())
          .flatMap(part -> member(part.node(), place.getLast()))
          .ifPresent(field -> lines.put(String.join(".", place), field.line()));
    }
    putRules(document, lines);
    return lines;
  }

  /// Conditions of a policy are checked against the tools that are declared.
  private static void putRules(Node document, Map<String, Integer> lines) {
    Optional<Node> rules =
        member(document, "spec")
            .flatMap(spec -> member(spec.node(), "rules"))
            .map(Node.Member::node);
    if (rules.isEmpty() || !(rules.get() instanceof Node.Items items)) {
      return;
    }
    for (int i = 0; i < items.nodes().size(); i++) {
      String place = "spec.rules[" + i + "]";
      lines.put(place, items.nodes().get(i).line());
      member(items.nodes().get(i), "when")
          .ifPresent(when -> lines.put(place + ".when", when.line()));
    }
  }

  private static Optional<Node.Member> member(Node node, String name) {
    return node instanceof Node.Members fields
        ? Optional.ofNullable(fields.members().get(name))
        : Optional.empty();
  }

  private static String text(Path path) throws IOException {
    try {
      return Files.readString(path);
    } catch (CharacterCodingException e) {
      throw new ApiException(ErrorCode.INVALID, path + " is not UTF-8 text", e);
    }
  }
}
