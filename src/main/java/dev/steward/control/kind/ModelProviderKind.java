// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.kind;

import dev.steward.control.field.Addresses;
import dev.steward.control.field.Names;
import dev.steward.control.field.Spec;
import dev.steward.control.field.Within;
import dev.steward.control.yaml.Fields;
import dev.steward.control.yaml.Nearest;
import dev.steward.domain.resource.Metadata;
import dev.steward.domain.resource.ModelProvider;
import dev.steward.domain.resource.ModelProvider.Reach;
import java.time.Duration;
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
        spec.texts("models"),
        reach(spec));
  }

  private static Reach reach(Fields spec) {
    Reach usual = Reach.USUAL;
    return new Reach(
        spec.text("keyHeader", usual.keyHeader()),
        spec.text("region", usual.region()),
        (int) Within.read(spec, "concurrency", usual.concurrency(), 100_000),
        (int) Within.read(spec, "attempts", usual.attempts(), 10),
        seconds(spec, "connectSeconds", usual.connect()),
        seconds(spec, "firstByteSeconds", usual.firstByte()),
        seconds(spec, "idleSeconds", usual.idle()));
  }

  private static Duration seconds(Fields spec, String name, Duration usual) {
    return Duration.ofSeconds(Within.read(spec, name, usual.toSeconds(), 86_400));
  }

  @Override
  public void write(ModelProvider provider, ObjectNode spec) {
    spec.put("dialect", provider.dialect());
    Spec.put(spec, "url", provider.url());
    Spec.put(spec, "secret", provider.secret());
    Spec.put(spec, "models", provider.models());
    Reach reach = provider.reach();
    Reach usual = Reach.USUAL;
    Spec.put(spec, "keyHeader", reach.keyHeader());
    Spec.put(spec, "region", reach.region());
    put(spec, "concurrency", reach.concurrency(), usual.concurrency());
    put(spec, "attempts", reach.attempts(), usual.attempts());
    put(spec, "connectSeconds", reach.connect().toSeconds(), usual.connect().toSeconds());
    put(spec, "firstByteSeconds", reach.firstByte().toSeconds(), usual.firstByte().toSeconds());
    put(spec, "idleSeconds", reach.idle().toSeconds(), usual.idle().toSeconds());
  }

  private static void put(ObjectNode spec, String name, long value, long usual) {
    if (value != usual) {
      spec.put(name, value);
    }
  }
}
