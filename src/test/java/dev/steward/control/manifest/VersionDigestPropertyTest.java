// SPDX-License-Identifier: Apache-2.0
package dev.steward.control.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.control.ControlFixture;
import dev.steward.control.Yaml;
import dev.steward.control.json.CanonicalJson;
import dev.steward.domain.resource.Agent;
import dev.steward.domain.resource.AgentVersion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class VersionDigestPropertyTest {
  private static final JsonNode VERSION =
      CanonicalJson.read(version(Yaml.REFUNDS.substring(Yaml.REFUNDS.indexOf("spec:"))).json());

  @Property(tries = 100)
  void theSameContentHasTheSameDigestWhateverTheOrderOfFields(@ForAll long seed) {
    JsonNode shuffled = shuffled(VERSION, new Random(seed));

    AgentVersion version = version(spec(shuffled));

    assertThat(version.json()).isEqualTo(CanonicalJson.text(VERSION));
  }

  @Property(tries = 100)
  void canonicalJsonReadsAsWhatItWas(@ForAll("texts") String text, @ForAll double number) {
    ObjectNode node = CanonicalJson.object();
    node.put("text", text).put(text, true);
    node.putArray("list").add(new java.math.BigDecimal(number)).add(text).addNull();

    String written = CanonicalJson.text(node);

    assertThat(CanonicalJson.text(CanonicalJson.read(written))).isEqualTo(written);
    assertThat(CanonicalJson.read(written).get("text").stringValue()).isEqualTo(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20).filter(t -> !t.equals("list") && valid(t));
  }

  /// Half a surrogate pair is no text.
  private static boolean valid(String text) {
    return text.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
  }

  private static AgentVersion version(String spec) {
    String head = "apiVersion: steward/v1\nkind: Agent\nmetadata: {name: a}\n";
    return ((Agent) ControlFixture.read(head + spec).declarations().getFirst().resource())
        .version();
  }

  private static String spec(JsonNode version) {
    return "spec: {owner: dana, purpose: x, risk: high, version: " + version + "}\n";
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>(object.propertyNames());
      Collections.shuffle(names, random);
      ObjectNode shuffled = CanonicalJson.object();
      names.forEach(name -> shuffled.set(name, shuffled(object.get(name), random)));
      return shuffled;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode shuffled = CanonicalJson.MAPPER.createArrayNode();
      array.values().forEach(item -> shuffled.add(shuffled(item, random)));
      return shuffled;
    }
    return node;
  }
}
