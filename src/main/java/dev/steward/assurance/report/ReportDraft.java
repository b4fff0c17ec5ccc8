// SPDX-License-Identifier: Apache-2.0
package dev.steward.assurance.report;

import java.util.ArrayList;
import java.util.List;

/// A report while it is written.
public final class ReportDraft {
  private final String title;
  private final List<Report.Part> parts = new ArrayList<>();

  public ReportDraft(String title) {
    this.title = title;
  }

  public void heading(String text) {
    parts.add(new Report.Heading(text));
  }

  public void say(String text, Source... sources) {
    say(text, List.of(sources));
  }

  public void say(String text, List<Source> sources) {
    parts.add(new Report.Sentence(text, sources));
  }

  public void remark(String text) {
    parts.add(new Report.Remark(text));
  }

  public Report done() {
    return new Report(title, parts);
  }
}
