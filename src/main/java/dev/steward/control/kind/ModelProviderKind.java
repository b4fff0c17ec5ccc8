// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ModelProvider;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How a ModelProvider is written.
final class ModelProviderKind implements Kind<ModelProvider> {
  private static final List<String> DIALECTS = List.of("openai", "anthropic", "gemini", "bedrock");

  @Override
  public Class<ModelProvider> type() {
    return ModelProvider.class;
  }

  @Override
  public ModelProvider read(Metadata metadata, Fields spec) {
    String dialect = spec.text("dialect");
    if (!dialect.isEmpty() && !DIALECTS.contains(dialect)) {
      spec.flaw(
          "dialect",
          "'"
              + Names.shortened(dialect)
              + "' is none of "
              + String.join(", ", DIALECTS)
              + "."
              + Nearest.hint(dialect, DIALECTS));
    }
    String secret = spec.text("secret", "");
    if (secret.startsWith("sk-") || (!secret.isEmpty() && Names.refuse(secret).isPresent())) {
      spec.flaw("secret", "must be the name of a secret, never the key itself");
    }
    return new ModelProvider(
        metadata,
        dialect,
        Addresses.read(spec, "url", Set.of("http", "https")),
        secret,
        spec.texts("models"));
  }

  @Override
  public void write(ModelProvider provider, ObjectNode spec) {
    spec.put("dialect", provider.dialect());
    Kind.put(spec, "url", provider.url());
    Kind.put(spec, "secret", provider.secret());
    Kind.put(spec, "models", provider.models());
  }
}
