// SPDX-License-Identifier: Apache-2.0
package dev.steward.gateway.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.steward.gateway.rpc.RpcJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class DocumentTest {
  private static final String PETS =
      """
      openapi: 3.0.3
      info: {title: Pets, version: "1"}
      paths:
        /pets/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
          get:
            operationId: getPet
            summary: One pet
            parameters:
              - {name: fields, in: query, schema: {type: array, items: {type: string}}}
              - {name: X-Trace, in: header, schema: {type: string}}
              - {name: Authorization, in: header, schema: {type: string}}
          put:
            operationId: putPet
            requestBody:
              required: true
              content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}
        /photos:
          post:
            requestBody: {required: true, content: {image/png: {}}}
      components:
        schemas:
          Pet:
            type: object
            properties:
              name: {type: string, nullable: true}
              parent: {$ref: "#/components/schemas/Pet"}
      """;

  private final Map<String, Operation> pets = Document.read(PETS);

  private static ObjectNode arguments(String json) {
    return (ObjectNode) RpcJson.read(json);
  }

  @Test
  void operationsBecomeToolsAndUploadsDoNot() {
    assertThat(pets).containsOnlyKeys("getPet", "putPet");
    JsonNode input = operation("getPet").definition().path("inputSchema");
    assertThat(input.path("properties").propertyNames())
        .containsExactlyInAnyOrder("id", "fields", "X-Trace");
    assertThat(input.path("required")).hasToString("[\"id\"]");
  }

  @Test
  void theMethodProposesTheEffect() {
    JsonNode get = operation("getPet").definition().path("annotations");
    JsonNode put = operation("putPet").definition().path("annotations");
    assertThat(get.path("readOnlyHint").asBoolean()).isTrue();
    assertThat(put.path("readOnlyHint").asBoolean()).isFalse();
    assertThat(put.path("idempotentHint").asBoolean()).isTrue();
    assertThat(operation("getPet").repeatable()).isTrue();
    assertThat(operation("putPet").repeatable()).isFalse();
  }

  @Test
  void aSchemaThatHoldsItselfEnds() {
    JsonNode body =
        operation("putPet").definition().path("inputSchema").path("properties").path("body");
    assertThat(body.path("properties").path("name").path("type"))
        .hasToString("[\"string\",\"null\"]");
    assertThat(body.path("properties").path("parent")).hasToString("{}");
  }

  @Test
  void argumentsBecomeARequest() {
    Operation.Sent sent =
        operation("getPet")
            .request(arguments("{\"id\":\"a/b?c\",\"fields\":[\"x\",\"y z\"],\"X-Trace\":\"t\"}"));

    assertThat(sent.target()).isEqualTo("/pets/a%2Fb%3Fc?fields=x&fields=y%20z");
    assertThat(sent.headers()).anyMatch(h -> h.name().equals("X-Trace") && h.value().equals("t"));
    assertThat(sent.body()).isEmpty();
  }

  @Test
  void aBodyIsSentAsItIs() {
    Operation.Sent sent =
        operation("putPet").request(arguments("{\"id\":\"1\",\"body\":{\"name\":\"Rex\"}}"));

    assertThat(new String(sent.body(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Rex\"}");
  }

  @Test
  void noArgumentLeadsToAnotherPath() {
    for (String id : new String[] {"\"..\"", "\".\"", "\"\""}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> operation("getPet").request(arguments("{\"id\":" + id + "}")));
    }
  }

  @Test
  void noArgumentAddsAHeader() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            operation("getPet")
                .request(arguments("{\"id\":\"1\",\"X-Trace\":\"a\\r\\nHost: b\"}")));
  }

  @Test
  void whatIsNoSuchDocumentIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Document.read("swagger: '2.0'"));
    assertThatIllegalArgumentException().isThrownBy(() -> Document.read("a: [b"));
  }

  private Operation operation(String name) {
    return Objects.requireNonNull(pets.get(name));
  }
}
