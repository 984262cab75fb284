using SeestarAlpaca.Conformance.Judgement;

namespace SeestarAlpaca.Conformance.Tests;

public sealed class IndependenceTests
{
    [Fact]
    public void The_judge_knows_nothing_of_the_server() => Assert.DoesNotContain(
        typeof(Judge).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.StartsWith("SeestarAlpaca", StringComparison.Ordinal));
}
