// SPDX-License-Identifier: Apache-2.0
package dev.steward.bench.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A model provider of the OpenAI dialect with fixed answers, in a process of its own. The header
/// `x-bench` says how it answers: `json`, `sse EVENTS PAUSE_MILLIS`, or `obey`: JSON no longer than
/// the request lets it be, with its usage first.
public final class MockProvider {
  private static final Pattern LONGEST = Pattern.compile("\"max_completion_tokens\":(\\d+)");
  private static final int INPUT_TOKENS = 210;
  private static final int OUTPUT_TOKENS = 90;
  private static final String USAGE =
      "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
          .formatted(INPUT_TOKENS, OUTPUT_TOKENS, INPUT_TOKENS + OUTPUT_TOKENS);
  private static final String SAID =
      "Your order was delayed because our carrier lost it. A refund of 30 EUR is on its way. ";
  private static final byte[] JSON =
      answer(
          "application/json",
          "{\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"created\":1760000000,"
              + "\"model\":\"gpt-5\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
              + "\"content\":\""
              + SAID.repeat(4)
              + "\"},\"finish_reason\":\"stop\"}],"
              + USAGE
              + "}");
  private static final byte[] STREAM_HEAD =
      ascii(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nx-request-id: req_bench\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
  private static final byte[] DELTA =
      event("\"choices\":[{\"index\":0,\"delta\":{\"content\":\" tomorrow\"}}]");
  private static final byte[] LAST =
      event("\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
  private static final byte[] TELLS_USAGE = event("\"choices\":[]," + USAGE);
  private static final byte[] DONE = chunk("data: [DONE]\n\n");
  private static final byte[] END = ascii("0\r\n\r\n");

  /// Events of a stream that are no words: the finish, the usage and the end.
  public static final int CLOSING_EVENTS = 3;

  private MockProvider() {}

  public static void main(String[] arguments) throws IOException {
    MockServer.serve(MockProvider::answer);
  }

  private static void answer(String head, MessageReader in, OutputStream out)
      throws IOException, InterruptedException {
    String[] way = MessageReader.header(head, "x-bench").split(" ");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    boolean obeys = way[0].equals("obey");
    in.body(
        head, obeys ? (from, at, to) -> body.write(from, at, to - at) : MessageReader.Sink.NOWHERE);
    if (obeys) {
      out.write(noLongerThan(longest(body.toString(StandardCharsets.UTF_8))));
    } else if (way[0].equals("sse")) {
      stream(out, Integer.parseInt(way[1]), Long.parseLong(way[2]));
    } else {
      out.write(JSON);
    }
  }

  private static int longest(String body) {
    Matcher said = LONGEST.matcher(body);
    return said.find() ? Integer.parseInt(said.group(1)) : Integer.MAX_VALUE;
  }

  private static byte[] noLongerThan(int tokens) {
    return answer(
        "application/json",
        "{\"usage\":{\"prompt_tokens\":"
            + INPUT_TOKENS
            + ",\"completion_tokens\":"
            + Math.min(tokens, OUTPUT_TOKENS)
            + "},\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion\",\"model\":\"gpt-5\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},"
            + "\"finish_reason\":\"stop\"}]}");
  }

  private static void stream(OutputStream out, int events, long pauseMillis)
      throws IOException, InterruptedException {
    out.write(STREAM_HEAD);
    for (int i = 0; i < events - CLOSING_EVENTS; i++) {
      if (pauseMillis > 0) {
        Thread.sleep(pauseMillis);
      }
      out.write(DELTA);
    }
    out.write(LAST);
    out.write(TELLS_USAGE);
    out.write(DONE);
    out.write(END);
  }

  private static byte[] event(String fields) {
    return chunk(
        "data: {\"id\":\"chatcmpl-bench\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1760000000,\"model\":\"gpt-5\","
            + fields
            + "}\n\n");
  }

  private static byte[] chunk(String text) {
    return ascii(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  private static byte[] answer(String type, String body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        ascii(
            "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nx-request-id: req_bench\r\nContent-Length: %d\r\n\r\n"
                .formatted(type, body.length())));
    all.writeBytes(ascii(body));
    return all.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
