// SPDX-License-Identifier: Apache-2.0
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** An agent that asks a model once. The model is played by a server in this program. */
public final class Agent {
  private static final String ANSWER =
      """
      {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "e2e-java",
       "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
         "message": {"role": "assistant", "content": "Hello.", "refusal": null}}],
       "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}}
      """;

  private Agent() {}

  public static void main(String[] arguments) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .apiKey("none")
            .baseUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/v1")
            .build();
    ChatCompletion answer =
        client
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model("e2e-java")
                    .addUserMessage("Say hello.")
                    .build());
    System.out.println(answer.choices().get(0).message().content().orElse(""));
    client.close();
    server.stop(0);
  }
}
