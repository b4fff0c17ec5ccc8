// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.steward.console.stage.InMemorySecrets;
import dev.steward.control.outbox.Carrier.NotCarried;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.outbox.Notice;
import dev.steward.control.secret.Secret;
import dev.steward.control.secret.SecretEntry;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.Channel.Mail;
import dev.steward.domain.resource.Metadata;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CarriersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final InMemorySecrets secrets = new InMemorySecrets(InstantSource.fixed(NOW));
  private Receiver receiver;
  private Carriers carriers;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
    carriers = carriers(List.of("localhost"));
    secrets.put("hook-key", Secret.of(KEY), SecretEntry.Origin.PERSON);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aWebhookGetsASignedCloudEvent() throws Exception {
    carriers.carry(channel(Channel.Type.WEBHOOK, receiver.url(), "hook-key"), delivery());

    Receiver.Posted posted = receiver.next();
    assertThat(posted.headers().get("content-type")).startsWith("application/cloudevents+json");
    assertThat(posted.headers().get("webhook-id")).isEqualTo("msg-7-0-ops");
    long at = Long.parseLong(posted.headers().get("webhook-timestamp"));
    assertThat(at).isEqualTo(NOW.getEpochSecond());
    assertThat(posted.headers().get("webhook-signature"))
        .isEqualTo(Signature.of(KEY, "msg-7-0-ops", at, posted.body()));
    JsonNode event = JsonMapper.shared().readTree(posted.body());
    assertThat(event.path("specversion").asString()).isEqualTo("1.0");
    assertThat(event.path("type").asString()).isEqualTo("dev.steward.approval.requested");
    assertThat(event.path("source").asString()).isEqualTo("https://steward.example.com");
    assertThat(event.path("subject").asString()).isEqualTo("a-1");
    assertThat(event.path("time").asString()).isEqualTo("2026-11-21T12:00:00Z");
    assertThat(event.path("data").path("url").asString())
        .isEqualTo("https://steward.example.com/approvals/a-1");
    assertThat(event.path("data").path("agent").asString()).isEqualTo("refunds");
  }

  @Test
  void slackGetsATextThatNoNameCanTurnIntoALink() throws Exception {
    secrets.put("slack-url", Secret.of(receiver.url()), SecretEntry.Origin.PERSON);
    carriers.carry(channel(Channel.Type.SLACK, "", "slack-url"), delivery());

    JsonNode body = JsonMapper.shared().readTree(receiver.next().body());
    assertThat(body.path("text").asString())
        .startsWith("*Approval needed: refunds &lt;!here&gt; wants*\nIt moves money.")
        .endsWith("<https://steward.example.com/approvals/a-1|Open in Steward>");
  }

  @Test
  void whatIsNotTakenIsToldAndARedirectIsNotFollowed() {
    Channel channel = channel(Channel.Type.WEBHOOK, receiver.url(), "");
    receiver.answers.addAll(List.of(500, 302, 410));
    assertThatThrownBy(() -> carriers.carry(channel, delivery()))
        .isInstanceOfSatisfying(NotCarried.class, e -> assertThat(e.forGood()).isFalse())
        .hasMessageContaining("answered 500");
    assertThatThrownBy(() -> carriers.carry(channel, delivery()))
        .hasMessageContaining("answered 302");
    assertThatThrownBy(() -> carriers.carry(channel, delivery()))
        .isInstanceOfSatisfying(NotCarried.class, e -> assertThat(e.forGood()).isTrue());
    assertThat(receiver.posted).hasSize(3);
  }

  @Test
  void nothingInsideIsReachedUnlessTheOperatorListsIt() {
    Carriers strict = carriers(List.of());
    assertThatThrownBy(
            () -> strict.carry(channel(Channel.Type.WEBHOOK, receiver.url(), ""), delivery()))
        .isInstanceOf(NotCarried.class)
        .hasMessageContaining("notices.allowed-hosts");
    assertThatThrownBy(() ->
            strict.carry(
                channel(Channel.Type.WEBHOOK, receiver.url().replace("localhost", "127.0.0.1"), ""),
                delivery()))
        .hasMessageContaining("inside of a network");
    assertThatThrownBy(() -> strict.carry(mail(25, "", false), delivery()))
        .hasMessageContaining("inside of a network");
    assertThat(receiver.posted).isEmpty();
  }

  @Test
  void aSecretIsNeverInWhatIsTold() {
    secrets.put(
        "slack-url",
        Secret.of("http://localhost:1/services/T0/B0/hidden"),
        SecretEntry.Origin.PERSON);
    assertThatThrownBy(
            () -> carriers.carry(channel(Channel.Type.SLACK, "", "slack-url"), delivery()))
        .isInstanceOf(NotCarried.class)
        .hasMessageContaining("http://localhost:1 could not be reached")
        .message()
        .doesNotContain("hidden");
    assertThatThrownBy(() -> carriers.carry(channel(Channel.Type.SLACK, "", "gone"), delivery()))
        .hasMessageContaining("steward secrets set gone");
  }

  @Test
  void aMailArrives() throws Exception {
    GreenMail mails = new GreenMail(new ServerSetup(0, "localhost", "smtp"));
    mails.start();
    try {
      carriers.carry(mail(mails.getSmtp().getPort(), "", false), delivery());
      assertThat(mails.waitForIncomingEmail(10_000, 1)).isTrue();
      MimeMessage mail = mails.getReceivedMessages()[0];
      assertThat(mail.getSubject()).isEqualTo("Approval needed: refunds <!here> wants");
      assertThat(mail.getAllRecipients()[0]).hasToString("oncall@example.com");
      assertThat(mail.getContent().toString())
          .contains("It moves money.", "https://steward.example.com/approvals/a-1");
    } finally {
      mails.stop();
    }
  }

  @Test
  void aServerThatOffersNoTlsGetsNoMailWhereTlsIsWanted() {
    GreenMail mails = new GreenMail(new ServerSetup(0, "localhost", "smtp"));
    mails.start();
    try {
      assertThatThrownBy(
              () -> carriers.carry(mail(mails.getSmtp().getPort(), "", true), delivery()))
          .isInstanceOf(NotCarried.class)
          .hasMessageContaining("STARTTLS");
      assertThat(mails.getReceivedMessages()).isEmpty();
    } finally {
      mails.stop();
    }
  }

  private Carriers carriers(List<String> allowed) {
    return new Carriers(
        new AddressGuard(allowed),
        secrets,
        () -> "https://steward.example.com",
        () -> {
          throw new AssertionError("only alerts ask for the State");
        },
        InstantSource.fixed(NOW));
  }

  private static Channel channel(Channel.Type type, String url, String secret) {
    return new Channel(
        new Metadata("ops", Map.of()), type, url, secret, List.of("approval.*"), Mail.NONE);
  }

  private static Channel mail(int port, String user, boolean encrypted) {
    return new Channel(
        new Metadata("ops", Map.of()),
        Channel.Type.EMAIL,
        "",
        "",
        List.of("approval.*"),
        new Mail(
            "localhost",
            port,
            user,
            "steward@example.com",
            List.of("oncall@example.com"),
            encrypted));
  }

  private static Delivery delivery() {
    return Delivery.of(
        "msg-7-0-ops",
        "ops",
        new Notice(
            "approval.requested",
            "a-1",
            NOW,
            "Approval needed: refunds <!here> wants",
            "It moves money.",
            "/approvals/a-1",
            Map.of("agent", "refunds")),
        NOW);
  }
}
