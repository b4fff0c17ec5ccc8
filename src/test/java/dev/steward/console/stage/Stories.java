// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.stage;

import dev.steward.trace.span.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// What agents live through, as spans: good runs, retries, hand-overs, failures, silence.
public final class Stories {
  private static final String PROMPT =
      """
      You are the refunds agent of a web shop.
      Refund only to the card that paid. Ask fraud-check before any refund over 500 USD.
      Never promise a date.\
      """;

  private Stories() {}

  public static List<Span> handOver(Instant start) {
    SpanScript s = new SpanScript(1, "refunds", "production", start);
    s.agent(
        "refunds",
        "My espresso machine arrived with a cracked boiler and I have already sent it back. Order"
            + " W8842163. I would like the money on my card, it was 740 dollars.",
        true,
        null,
        () -> {
          s.instructed(PROMPT);
          s.model(
              "gpt-5",
              1300,
              1840,
              61,
              "0.0041",
              "I’ll look up the order and the return first.",
              "call_1",
              "get_order",
              "{\"order_id\":\"W8842163\"}");
          s.tool(
              "call_1",
              "payments",
              "get_order",
              84,
              "{\"order_id\":\"W8842163\"}",
              "{\"total\":740.00,\"currency\":\"USD\",\"paid_with\":\"credit_card_9879898\",\"delivered\":\"2026-11-12\",\"return\":{\"id\":\"R-20117\",\"state\":\"damaged\",\"received\":\"2026-11-19\"}}",
              null);
          s.model(
              "gpt-5",
              1600,
              2210,
              74,
              "0.0052",
              "The return is in. A refund this large needs a fraud check before I ask for it.");
          s.agent(
              "fraud-check",
              "Check order W8842163 and customer sofia_kim_7287 for refund abuse, last 24 months.",
              true,
              null,
              () -> {
                s.pause(40);
                s.tool(
                    "call_2",
                    "crm",
                    "get_refund_history",
                    61,
                    "{\"user_id\":\"sofia_kim_7287\",\"months\":24}",
                    "{\"orders\":14,\"refunds\":1,\"refunded_usd\":38.50,\"disputes\":0}",
                    null);
                s.model(
                    "gpt-5-mini",
                    1900,
                    940,
                    52,
                    "0.0024",
                    "Low risk. One refund in 14 orders, no dispute, return received and inspected."
                        + " Confidence 0.94.");
              });
          s.model(
              "gpt-5",
              1400,
              2600,
              80,
              "0.0049",
              "",
              "call_3",
              "refund",
              "{\"order_id\":\"W8842163\",\"amount\":740,\"account\":\"credit_card_9879898\"}");
          s.tool(
              "call_3",
              "payments",
              "refund",
              10000,
              "{\"order_id\":\"W8842163\",\"amount\":740,\"account\":\"credit_card_9879898\"}",
              null,
              "upstream timed out after 10 s");
          s.tool(
              "call_4",
              "payments",
              "refund",
              214,
              "{\"order_id\":\"W8842163\",\"amount\":740,\"account\":\"credit_card_9879898\"}",
              "{\"refund_id\":\"RF-55102\",\"status\":\"accepted\",\"settles\":\"2026-11-24\"}",
              null);
          s.model(
              "gpt-5",
              1100,
              2900,
              66,
              "0.0038",
              "Your refund of 740.00 USD to the card ending 9725 is on its way. I’m sorry about the"
                  + " machine.");
        });
    return s.spans();
  }

  public static List<Span> failing(Instant start) {
    SpanScript s = new SpanScript(2, "claims", "production", start);
    s.agent(
        "claims",
        "Claim C-77120: water damage in the kitchen, 3,400 EUR, photos attached.",
        true,
        "the model answered 500 three times",
        () -> {
          s.search(
              "\"water damage kitchen coverage\"",
              "[{\"id\":\"handbook#14\",\"score\":0.83,\"text\":\"Water damage from pipes is"
                  + " covered up to 5,000"
                  + " EUR.\"},{\"id\":\"handbook#15\",\"score\":0.61,\"text\":\"Damage by flooding"
                  + " is not.\"}]",
              140);
          s.brokenModel(
              "gpt-5",
              820,
              "500 server_error: The server had an error while processing your request");
          s.pause(2000);
          s.brokenModel(
              "gpt-5",
              640,
              "500 server_error: The server had an error while processing your request");
        });
    return s.spans();
  }

  public static List<Span> unfinished(long seed, Instant start) {
    SpanScript s = new SpanScript(seed, "research", "production", start);
    s.agent(
        "research",
        "Compare the three largest heat pump makers in Europe by market share and by noise.",
        false,
        null,
        () -> {
          s.wrapping(
              "plan",
              () ->
                  s.model(
                      "claude-sonnet-4-5",
                      4200,
                      1100,
                      320,
                      "0.0081",
                      "Plan: 1. find market reports, 2. find noise measurements, 3. compare.",
                      "call_w",
                      "search",
                      "{\"query\":\"heat pump market share Europe 2026\"}"));
          s.tool(
              "call_w",
              "web",
              "search",
              930,
              "{\"query\":\"heat pump market share Europe 2026\"}",
              "[{\"title\":\"EHPA market report"
                  + " 2026\",\"url\":\"https://example.com/ehpa\"},{\"title\":\"Heat pumps in"
                  + " figures\",\"url\":\"https://example.com/figures\"}]",
              null);
        });
    return s.spans();
  }

  public static List<Span> unpriced(Instant start) {
    SpanScript s = new SpanScript(5, "notes", "production", start);
    s.agent(
        "notes",
        "Summarise the stand-up of today in five lines.",
        true,
        null,
        () -> {
          s.model(
              "house-llm-2",
              3100,
              2100,
              210,
              null,
              """
              1. Release 7 is out.
              2. The tile cache is twice as fast.
              3. Mei is on call.
              4. Two flaky tests are left.
              5. No stand-up on Friday.\
              """);
          s.model("gpt-5-mini", 700, 320, 40, "0.00031", "Sent to the channel #team.");
        });
    return s.spans();
  }

  /// Text that tries to break a page.
  public static List<Span> hostile(Instant start) {
    SpanScript s = new SpanScript(6, "pricing-poc", "staging", start);
    s.agent(
        "pricing-poc",
        "<script>alert('asked')</script> & \"quotes\" \u202ereversed\u202c text",
        true,
        null,
        () -> {
          s.model(
              "gpt-5-mini",
              900,
              400,
              90,
              "0.0007",
              "<img src=x onerror=alert(1)> **bold** " + "x".repeat(4000),
              "call_h",
              "lookup",
              "{\"q\":\"</pre><script>alert(2)</script>\"}");
          s.tool(
              "call_h",
              "prices",
              "lookup",
              30,
              "{\"q\":\"</pre><script>alert(2)</script>\"}",
              "{\"rows\":["
                  + "{\"sku\":\"A-1\",\"eur\":12.5},".repeat(200)
                  + "{\"sku\":\"A-2\",\"eur\":1}]}",
              null);
        });
    return s.spans();
  }

  /// A coding agent that does not stop: as many spans as asked for.
  public static List<Span> endless(Instant start, int spans) {
    SpanScript s = new SpanScript(7, "coder", "staging", start);
    Random random = new Random(7);
    s.agent(
        "coder",
        "Make the flaky test in billing green and keep it green for a thousand runs.",
        true,
        null,
        () -> {
          for (int i = 0; i < (spans - 1) / 2; i++) {
            String call = "call_" + i;
            s.model(
                "claude-sonnet-4-5",
                200 + random.nextInt(900),
                4000 + i,
                80,
                "0.0123",
                "Run " + i + ": I change the wait and try again.",
                call,
                "shell",
                "{\"command\":\"mvn test -Dtest=BillingTest -Dseed=" + i + "\"}");
            s.tool(
                call,
                "",
                "shell",
                300 + random.nextInt(700),
                "{\"command\":\"mvn test -Dtest=BillingTest -Dseed=" + i + "\"}",
                i % 9 == 4
                    ? null
                    : "{\"exit\":"
                        + (i % 3)
                        + ",\"tail\":\"Tests run: 41, Failures: "
                        + (i % 3)
                        + "\"}",
                i % 9 == 4 ? "exit 137" : null);
          }
        });
    return s.spans();
  }

  /// Many small runs over a day.
  public static List<List<Span>> everyday(Instant end, int runs) {
    String[] agents = {"refunds", "fraud-check", "inbox", "claims", "letters", "rebooking"};
    String[] asks = {
      "Where is my parcel 1Z999AA1?",
      "Refund the headphones of order W1200",
      "Is customer 8812 a risk?",
      "Summarise the thread about the leak",
      "Letter to policy holder 5521",
      "Rebook LH 721 to tomorrow morning"
    };
    Random random = new Random(11);
    List<List<Span>> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      int which = (int) (Math.abs(random.nextGaussian()) * 2) % agents.length;
      double day = Math.sqrt(random.nextDouble());
      SpanScript s =
          new SpanScript(
              1000 + i,
              agents[which],
              i % 7 == 0 ? "staging" : "production",
              end.minusSeconds((long) (86_000 * (1 - day)) + 30));
      boolean fails = random.nextInt(23) == 0;
      s.agent(
          agents[which],
          asks[random.nextInt(asks.length)],
          true,
          fails ? "gave up" : null,
          () -> {
            s.model(
                "gpt-5-mini",
                400 + random.nextInt(2000),
                900,
                60,
                "0.0012",
                "Looking it up.",
                "c",
                "get_order",
                "{\"order_id\":\"W1\"}");
            s.tool(
                "c",
                "payments",
                "get_order",
                20 + random.nextInt(200),
                "{\"order_id\":\"W1\"}",
                fails ? null : "{\"state\":\"sent\"}",
                fails ? "connection reset" : null);
            s.model(
                "gpt-5-mini",
                400 + random.nextInt(1500),
                1000,
                90,
                "0.0015",
                "It was sent yesterday and should arrive tomorrow.");
          });
      all.add(s.spans());
    }
    return all;
  }
}
