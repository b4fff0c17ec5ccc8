// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What protects a person who is logged in with a browser.
class BrowserTest {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\"[^>]*value=\"([^\"]+)\"");

  private TestServer server;

  @BeforeEach
  void open(@TempDir Path folder) {
    server = TestServer.open(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aLoginGivesACookieThatScriptsAndOtherSitesCannotUse() {
    HttpResponse<String> response = logIn(server.token(), "/runs");

    assertThat(response.statusCode()).isEqualTo(303);
    assertThat(response.headers().firstValue("Location")).hasValue("/runs");
    assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/")
        .doesNotContain(server.token());
  }

  @Test
  void aLoginNeverLeadsToAnotherSite() {
    for (String next : new String[] {"https://evil.example", "//evil.example", "/\\evil.example"}) {
      assertThat(logIn(server.token(), next).headers().firstValue("Location")).hasValue("/");
    }
  }

  @Test
  void aLoginThatAnotherSitesPageMakesIsRefused() {
    String body = "token=" + server.token() + "&next=/";
    for (String[] header :
        new String[][] {
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"}
        }) {
      HttpResponse<String> refused = logIn(body, header[0], header[1]);
      assertThat(refused.statusCode()).as(String.join(": ", header)).isEqualTo(403);
      assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
    }
    String ours = "http://" + server.uri("/").getAuthority();
    assertThat(logIn(body, "Origin", ours).statusCode()).isEqualTo(303);
    assertThat(logIn(body, "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(303);
  }

  private HttpResponse<String> logIn(String body, String header, String value) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(header, value)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void aWrongTokenIsRefusedAndSomeMoreMustWait() {
    for (int i = 0; i < 5; i++) {
      assertThat(logIn("wrong", "/").statusCode()).isEqualTo(401);
    }

    assertThat(logIn("wrong", "/").statusCode()).isEqualTo(429);
  }

  @Test
  void theLoginPageOpensForAnybody() {
    HttpResponse<String> page = page("/login?next=%2Fruns", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("name=\"token\"").contains("value=\"/runs\"");
  }

  @Test
  void wrongTokensAreSlowedDownAndARightOneIsNot() {
    int status = 0;
    for (int i = 0; i < 40 && status != 429; i++) {
      HttpRequest guess =
          HttpRequest.newBuilder(server.uri("/api/v1/me"))
              .header("Authorization", "Bearer guess-" + i)
              .build();
      status = server.send(guess).statusCode();
    }

    assertThat(status).isEqualTo(429);
    assertThat(server.get("/api/v1/me").statusCode()).isEqualTo(200);
  }

  @Test
  void theLoginIsAPage() {
    HttpResponse<String> page = page("/login", "");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("name=\"token\"");
  }

  @Test
  void pagesOpenWithTheCookieAndLeadToTheLoginWithoutIt() {
    String cookie = cookie();

    assertThat(page("/", "").statusCode()).isEqualTo(303);
    HttpResponse<String> page = page("/fleet", cookie);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'self'");
    assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  @Test
  void aChangeByCookieNeedsTheSessionsToken() {
    String cookie = cookie();
    Matcher csrf = CSRF.matcher(page("/fleet", cookie).body());
    assertThat(csrf.find()).as("the page has a form with the session's token").isTrue();
    String body = "{\"subject\":\"run\",\"subjectId\":\"r\",\"reason\":\"x\"}";
    HttpRequest.Builder change =
        HttpRequest.newBuilder(server.uri("/api/v1/holds"))
            .header("Cookie", cookie)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));

    assertThat(server.send(change.build()).statusCode()).isEqualTo(403);
    assertThat(server.send(change.copy().header("X-CSRF-Token", "wrong").build()).statusCode())
        .isEqualTo(403);
    assertThat(
            server.send(change.copy().header("X-CSRF-Token", csrf.group(1)).build()).statusCode())
        .isEqualTo(201);
  }

  @Test
  void aLogoutEndsTheSession() {
    String cookie = cookie();
    Matcher csrf = CSRF.matcher(page("/fleet", cookie).body());
    assertThat(csrf.find()).isTrue();

    HttpResponse<String> out =
        server.send(
            HttpRequest.newBuilder(server.uri("/logout"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("csrf=" + csrf.group(1)))
                .build());

    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(page("/fleet", cookie).statusCode()).isEqualTo(303);
  }

  @Test
  void aHostNameOfAStrangerIsRefused() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri("/").getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /healthz HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertThat(status).startsWith("HTTP/1.1 421");
    }
  }

  private String cookie() {
    String set = logIn(server.token(), "/").headers().firstValue("Set-Cookie").orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  private HttpResponse<String> logIn(String token, String next) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/login"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("token=" + token + "&next=" + next.replace("\\", "%5C")))
            .build());
  }

  private HttpResponse<String> page(String path, String cookie) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path)).header("Accept", "text/html");
    return server.send((cookie.isEmpty() ? request : request.header("Cookie", cookie)).build());
  }
}
