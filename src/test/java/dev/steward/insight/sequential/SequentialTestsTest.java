// SPDX-License-Identifier: Apache-2.0
package dev.steward.insight.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.steward.domain.rollout.Arm;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SequentialTestsTest {

  @Test
  void theMixtureIsTheFormulaOfPairs() {
    double n = 300;
    double v = 0.37;
    double d = -0.1;
    double tau = 0.1;
    double lambda =
        Math.sqrt(v / (v + n * tau * tau))
            * Math.exp(n * n * tau * tau * d * d / (2 * v * (v + n * tau * tau)));
    double half =
        Math.sqrt(
            v
                * (v + n * tau * tau)
                / (n * n * tau * tau)
                * Math.log((v + n * tau * tau) / (v * 0.05 * 0.05)));
    Estimate seen = new Estimate(d, v / n, n / 2);

    assertThat(new NormalMixture(tau).logEvidence(seen)).isCloseTo(Math.log(lambda), within(1e-9));
    Interval interval = new NormalMixture(tau).interval(seen, 0.05);
    assertThat(interval.lower()).isCloseTo(d - half, within(1e-12));
    assertThat(interval.upper()).isCloseTo(d + half, within(1e-12));
  }

  @Test
  void theIntervalLeavesOutZeroExactlyWhereTheEvidenceReachesItsThreshold() {
    NormalMixture mixture = new NormalMixture(0.1);
    for (double difference = 0.005; difference < 0.3; difference += 0.005) {
      Estimate seen = new Estimate(difference, 0.0012, 100);
      assertThat(mixture.interval(seen, 0.05).contains(0))
          .isEqualTo(mixture.logEvidence(seen) < Math.log(20));
    }
  }

  @Test
  void theSafeTestMultipliesWhatTheEarlierPairsForesaw() {
    SafeTwoByTwo test = new SafeTwoByTwo();
    test.add(Arm.CONTROL, true);
    test.add(Arm.CANARY, false);
    assertThat(test.logEvidence()).isCloseTo(0, within(1e-12));
    test.add(Arm.CANARY, false);
    test.add(Arm.CONTROL, true);
    double high = 1.18 / 1.36;
    assertThat(test.logEvidence()).isCloseTo(Math.log(high * high / (0.5 * 0.5)), within(1e-12));
  }

  @Test
  void eventsThatDivideAsMeantAreNoEvidenceAndOthersAre() {
    assertThat(EventShare.USUAL.logEvidence(0, 0, 0.1)).isCloseTo(0, within(1e-12));
    assertThat(EventShare.USUAL.logEvidence(90, 10, 0.1)).isNegative();
    assertThat(EventShare.USUAL.logEvidence(60, 40, 0.1)).isGreaterThan(Math.log(1000));
    // B(52, 51) / B(50, 50) / 0.5^3
    double exact = 51.0 * 50 * 50 / (100 * 101 * 102) / 0.125;
    assertThat(EventShare.USUAL.logEvidence(1, 2, 0.5)).isCloseTo(Math.log(exact), within(1e-9));
  }

  @Test
  void theSampleRatioIsChiSquareForOneLookAndAnEValueForMany() {
    SampleRatio broken = new SampleRatio(600, 400, 0.5);
    assertThat(broken.p()).isCloseTo(2.54e-10, within(1e-12));
    assertThat(broken.logEvidence()).isGreaterThan(Math.log(1000));
    SampleRatio fair = new SampleRatio(905, 95, 0.1);
    assertThat(fair.p()).isCloseTo(0.598, within(0.001));
    assertThat(fair.logEvidence()).isNegative();
    assertThat(new SampleRatio(0, 0, 0.5).p()).isEqualTo(1);
  }

  @Test
  void aDifferenceBetweenThePhasesIsNoneBetweenTheArms() {
    // A hard day with a small canary, then an easy one with a large: within each both are equal.
    Shares hard = new Shares(900, 450, 100, 50);
    Shares easy = new Shares(500, 450, 500, 450);
    Estimate pooled = hard.plus(easy).difference().orElseThrow();
    Estimate apart =
        Estimate.together(List.of(hard.difference().orElseThrow(), easy.difference().orElseThrow()))
            .orElseThrow();

    assertThat(new NormalMixture(0.1).logEvidence(pooled)).isGreaterThan(Math.log(20));
    assertThat(apart.difference()).isCloseTo(0, within(1e-12));
    assertThat(new NormalMixture(0.1).logEvidence(apart)).isNegative();
  }

  @Test
  void aSmallArmWithoutAFailureIsNoEvidence() {
    Estimate seen = new Shares(400, 380, 20, 20).difference().orElseThrow();
    assertThat(new NormalMixture(0.1).logEvidence(seen)).isLessThan(Math.log(20));
  }

  @Test
  void aHeavierTailIsFoundAndTheSameTailIsNot() {
    SplittableRandom random = new SplittableRandom(3);
    TailTest same = new TailTest(0.9);
    TailTest heavier = new TailTest(0.9);
    for (int i = 0; i < 2_000; i++) {
      Arm arm = random.nextBoolean() ? Arm.CONTROL : Arm.CANARY;
      double value = Math.exp(random.nextGaussian());
      same.add(arm, value);
      heavier.add(arm, arm == Arm.CANARY && random.nextInt(10) == 0 ? value * 10 : value);
    }
    assertThat(same.logEvidence()).isLessThan(Math.log(20));
    assertThat(heavier.logEvidence()).isGreaterThan(Math.log(20));
    assertThat(heavier.above().canaryShare()).isGreaterThan(heavier.above().controlShare());
  }

  @Test
  void theRatioOfMeansIsFoundWithinItsInterval() {
    SplittableRandom random = new SplittableRandom(5);
    MeanRatio ratio = new MeanRatio();
    for (int i = 0; i < 4_000; i++) {
      ratio.add(Arm.CONTROL, Math.exp(0.7 * random.nextGaussian()));
      ratio.add(Arm.CANARY, 1.3 * Math.exp(0.7 * random.nextGaussian()));
    }
    Interval interval =
        new NormalMixture(0.2).interval(ratio.logRatio().orElseThrow(), 0.05).exponential();
    assertThat(interval.contains(1.3)).isTrue();
    assertThat(interval.lower()).isGreaterThan(1.15);
    assertThat(interval.upper()).isLessThan(1.45);
  }

  @Test
  void withoutEnoughThereIsNoEstimate() {
    assertThat(new Shares(5, 5, 0, 0).difference()).isEmpty();
    MeanRatio ratio = new MeanRatio();
    ratio.add(Arm.CONTROL, 0);
    ratio.add(Arm.CONTROL, 0);
    ratio.add(Arm.CANARY, 1);
    ratio.add(Arm.CANARY, 1);
    assertThat(ratio.logRatio()).isEmpty();
    assertThat(Estimate.together(List.of())).isEmpty();
  }
}
