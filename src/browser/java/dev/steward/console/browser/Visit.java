// SPDX-License-Identifier: Apache-2.0
package dev.steward.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import dev.steward.server.gate.SessionGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One person's visit with a browser: a context with one page, whose every complaint and every
/// request is kept.
final class Visit implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 20_000;
  private static final int HEIGHT_MAX = 2_400;
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final String CHECKS = resource("checks.js");
  private static final String AXE =
      resource("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requested = new ArrayList<>();
  private final String address;

  private Visit(BrowserContext context, String address) {
    this.context = context;
    this.address = address;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    this.page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error") || message.type().equals("warning")) {
        complaints.add(message.text() + " at " + message.location());
      }
    });
    page.onPageError(error -> complaints.add("thrown: " + error));
    page.onRequest(request -> requested.add(request.url()));
  }

  /// A visit of somebody who is not logged in.
  static Visit stranger(Browser browser, String address, Look look, boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.theme())
                .setHasTouch(look.width() < 600)
                .setJavaScriptEnabled(scripts)
                .setAcceptDownloads(true)
                .setLocale("en-GB"));
    return new Visit(context, address);
  }

  /// A visit that is logged in already.
  static Visit of(Browser browser, String address, String session, Look look, boolean scripts) {
    Visit visit = stranger(browser, address, look, scripts);
    visit.context.addCookies(
        List.of(new Cookie(SessionGate.COOKIE, session).setUrl(address).setHttpOnly(true)));
    return visit;
  }

  Page page() {
    return page;
  }

  /// The value of a cookie, "" where there is none.
  String cookie(String name) {
    return context.cookies().stream()
        .filter(cookie -> cookie.name.equals(name))
        .map(cookie -> cookie.value)
        .findFirst()
        .orElse("");
  }

  Visit open(String path) {
    page.navigate(path);
    return this;
  }

  /// What is wrong with how the page looks, as the checks in the page find it.
  List<String> flaws() {
    Object found = page.evaluate(CHECKS + "\nconsoleChecks.flaws()");
    return found instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of("the checks gave no list: " + found);
  }

  /// What axe-core finds serious or critical by the rules of WCAG 2.2 A and AA.
  List<String> axe() {
    page.evaluate(AXE);
    // What is not drawn yet has no measures.
    page.evaluate(
        """
        const drawn = new CSSStyleSheet();
        drawn.replaceSync("* { content-visibility: visible !important; }");
        document.adoptedStyleSheets = [drawn];
        """);
    Object found =
        page.evaluate(
            """
            async () => (await axe.run(document, {
              resultTypes: ["violations"],
              runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
            })).violations
              .filter((v) => v.impact === "serious" || v.impact === "critical")
              .flatMap((v) => v.nodes.slice(0, 3).map((n) =>
                `${v.id}: ${n.html.slice(0, 140)} ${n.any.map((c) => c.message +
                    c.relatedNodes.map((r) => " beside " + r.html.slice(0, 140)).join("")).join(" ")}`))
            """);
    return found instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of("axe gave no list: " + found);
  }

  /// What is wrong with the way that the Tab key takes through the page.
  List<String> focusFlaws(int steps) {
    List<String> flaws = new ArrayList<>();
    page.evaluate(CHECKS + "\nwindow.consoleChecks = consoleChecks; consoleChecks.startFocus()");
    for (int i = 0; i < steps; i++) {
      page.keyboard().press("Tab");
      String said = String.valueOf(page.evaluate("consoleChecks.focused()"));
      if (said.equals("end")) {
        break;
      }
      if (!said.isEmpty()) {
        flaws.add(said);
      }
    }
    return flaws;
  }

  void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SCREENSHOTS.resolve(name + ".png"))
            .setAnimations(com.microsoft.playwright.options.ScreenshotAnimations.DISABLED));
  }

  /// The page with what lies below the first screen, as far as somebody would look.
  void wholeScreenshot(String name) {
    int width = page.viewportSize().width;
    int height = page.viewportSize().height;
    Object whole = page.evaluate("document.documentElement.scrollHeight");
    int shown = whole instanceof Number number ? number.intValue() : height;
    page.setViewportSize(width, Math.clamp(shown, height, HEIGHT_MAX));
    screenshot(name);
    page.setViewportSize(width, height);
  }

  /// Fails when the console said an error or warning beside those of the axe tool's own canvas and
  /// of answers that are meant, or a request went to another host.
  ///
  /// @param meant status codes of such answers
  void requireQuiet(Integer... meant) {
    complaints.removeIf(said ->
        said.startsWith("Canvas2D: Multiple readback")
            || Stream.of(meant).anyMatch(code -> said.contains("status of " + code)));
    assertThat(complaints).as("said on the console of " + page.url()).isEmpty();
    requireOneHost();
  }

  void requireOneHost() {
    String host = URI.create(address).getAuthority();
    assertThat(requested)
        .as("requests of " + page.url())
        .isNotEmpty()
        .allSatisfy(url -> {
          if (!url.startsWith("data:")) {
            assertThat(URI.create(url).getAuthority()).isEqualTo(host);
          }
        });
  }

  private static String resource(String name) {
    try (InputStream stream = Visit.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
