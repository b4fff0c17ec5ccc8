// SPDX-License-Identifier: Apache-2.0
package dev.steward.server.outbox;

import dev.steward.control.outbox.Carrier;
import dev.steward.control.outbox.Delivery;
import dev.steward.control.secret.SecretStore;
import dev.steward.domain.resource.Channel;
import dev.steward.domain.resource.Channel.Mail;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.function.Supplier;

/// Sends notices as e-mail.
final class MailCarrier implements Carrier {
  private static final String PATIENCE_MILLIS = "10000";

  private final AddressGuard guard;
  private final SecretStore secrets;
  private final Supplier<String> address;

  MailCarrier(AddressGuard guard, SecretStore secrets, Supplier<String> address) {
    this.guard = guard;
    this.secrets = secrets;
    this.address = address;
  }

  @Override
  public void carry(Channel channel, Delivery delivery) throws NotCarried {
    Mail mail = channel.mail();
    Properties properties = new Properties();
    properties.put("mail.smtp.host", mail.host());
    properties.put("mail.smtp.port", Integer.toString(mail.port()));
    properties.put("mail.smtp.connectiontimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.timeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.writetimeout", PATIENCE_MILLIS);
    properties.put("mail.smtp.starttls.enable", Boolean.toString(mail.encrypted()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(mail.encrypted()));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.auth", Boolean.toString(!mail.user().isEmpty()));
    properties.put("mail.smtp.socketFactory", new GuardedSockets(guard));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    Session session = Session.getInstance(properties);
    try (Transport transport = session.getTransport("smtp")) {
      Message message = message(session, mail, delivery);
      if (mail.user().isEmpty()) {
        transport.connect();
      } else {
        transport.connect(
            mail.host(), mail.port(), mail.user(), ChannelSecret.of(channel, secrets));
      }
      transport.sendMessage(message, message.getAllRecipients());
    } catch (AuthenticationFailedException _) {
      throw new NotCarried(mail.host() + " refused the user and password of the channel", false);
    } catch (MessagingException e) {
      throw new NotCarried(
          mail.host() + ":" + mail.port() + " did not take the mail: " + reason(e), false);
    }
  }

  private Message message(Session session, Mail mail, Delivery delivery) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(new InternetAddress(mail.from(), true));
    for (String to : mail.to()) {
      message.addRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    }
    String charset = StandardCharsets.UTF_8.name();
    message.setSubject(delivery.notice().title().replaceAll("[\\r\\n]+", " "), charset);
    message.setSentDate(Date.from(delivery.notice().at()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Steward-Delivery", delivery.id());
    message.setText(
        delivery.notice().title()
            + "\n\n"
            + delivery.notice().text()
            + "\n\n"
            + address.get()
            + delivery.notice().path()
            + "\n",
        charset);
    return message;
  }

  private static String reason(MessagingException e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }
}
