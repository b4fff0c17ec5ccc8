// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Names;
import dev.steward.control.json.CanonicalJson;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Flaws;
import dev.steward.control.yaml.Nearest;
import dev.steward.control.yaml.Node;
import dev.steward.domain.ApiException;
import dev.steward.domain.ErrorCode;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The table of all kinds, and what is the same for each: apiVersion, kind and metadata.
public final class Kinds {
  public static final String API_VERSION = "steward/v1";

  private static final List<Kind<?>> ALL =
      List.of(
          new AgentKind(),
          new AlertRuleKind(),
          new BudgetKind(),
          new ChannelKind(),
          new DataSourceKind(),
          new GateKind(),
          new ModelProviderKind(),
          new PersonKind(),
          new PolicyKind(),
          new PriceKind(),
          new ToolServerKind());

  private static final Map<String, Kind<?>> BY_WORD =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Kind::word, Function.identity()));

  private Kinds() {}

  /// The words in `kind:`.
  public static List<String> words() {
    return ALL.stream().map(Kind::word).toList();
  }

  public static Kind<?> of(String word) {
    Kind<?> kind = BY_WORD.get(word);
    if (kind == null) {
      throw new IllegalArgumentException("no kind " + word);
    }
    return kind;
  }

  /// The word in `kind:` for what a user wrote, such as `agents` or `tool-server`.
  ///
  /// @throws ApiException INVALID with the nearest right one
  public static String word(String written) {
    String plain = written.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    for (String word : words()) {
      String known = word.toLowerCase(Locale.ROOT);
      if (plain.equals(known)
          || plain.equals(known + "s")
          || (known.equals("person") && (plain.equals("people") || plain.equals("persons")))
          || (known.equals("policy") && plain.equals("policies"))) {
        return word;
      }
    }
    throw new ApiException(
        ErrorCode.INVALID,
        "no kind '"
            + Names.shortened(written)
            + "'; there are "
            + String.join(", ", words())
            + "."
            + Nearest.hint(written, words()));
  }

  /// The resource of one document, empty when it is too wrong to name; the flaws say why.
  public static Optional<Resource> read(Node document, Flaws flaws) {
    Fields fields = Fields.of(document, "", flaws);
    String apiVersion = fields.text("apiVersion");
    if (!apiVersion.isEmpty() && !apiVersion.equals(API_VERSION)) {
      fields.flaw("apiVersion", "must be " + API_VERSION);
    }
    String word = fields.text("kind");
    Kind<?> kind = BY_WORD.get(word);
    if (kind == null && !word.isEmpty()) {
      fields.flaw(
          "kind",
          "'"
              + Names.shortened(word)
              + "' is none of "
              + String.join(", ", words())
              + "."
              + Nearest.hint(word, words()));
    }
    Fields metadata =
        fields
            .object("metadata")
            .orElseGet(() -> {
              fields.flaw("metadata", "is missing; it holds the name");
              return Fields.of(new Node.Members(Map.of(), 0), "metadata", new Flaws());
            });
    Optional<Fields> spec = fields.object("spec");
    if (kind == null) {
      return Optional.empty();
    }
    Metadata named = metadata(kind, metadata);
    if (spec.isEmpty()) {
      fields.flaw("spec", "is missing");
      return Optional.empty();
    }
    Resource resource = kind.read(named, spec.get());
    spec.get().close();
    fields.close();
    return Optional.of(resource);
  }

  /// The resource as `apiVersion`, `kind`, `metadata` and `spec`, which `read` reads again.
  public static ObjectNode write(Resource resource) {
    ObjectNode node = CanonicalJson.object();
    node.put("apiVersion", API_VERSION);
    node.put("kind", resource.kind());
    ObjectNode metadata = node.putObject("metadata");
    metadata.put("name", resource.name());
    if (!resource.metadata().labels().isEmpty()) {
      ObjectNode labels = metadata.putObject("labels");
      new TreeMap<>(resource.metadata().labels()).forEach(labels::put);
    }
    write(of(resource.kind()), resource, node.putObject("spec"));
    return node;
  }

  private static <R extends Resource> void write(Kind<R> kind, Resource resource, ObjectNode spec) {
    kind.write(kind.type().cast(resource), spec);
  }

  private static Metadata metadata(Kind<?> kind, Fields fields) {
    String name = fields.text("name");
    if (!name.isEmpty()) {
      kind.refuseName(name).ifPresent(reason -> fields.flaw("name", reason));
    }
    Map<String, String> labels = fields.map("labels");
    labels.forEach((label, value) -> {
      if (Names.refuse(label.toLowerCase(Locale.ROOT).replace('/', '-')).isPresent()
          || value.length() > 200) {
        fields.flaw(
            "labels",
            "'"
                + Names.shortened(label)
                + "': write letters, digits and - . _ / in the name,"
                + " at most 200 characters in the value");
      }
    });
    fields.close();
    return new Metadata(name, labels);
  }
}
