using SeestarAlpaca.Conformance.Protocol;

namespace SeestarAlpaca.Conformance.Tests.Protocol;

public sealed class FormsTests
{
    [Fact]
    public void The_patterns_have_as_many_forms_as_ConformUs()
    {
        Assert.Equal(12, Forms.Get("/p", 1).Count());
        Assert.Equal(12, Forms.Put("/p", 1).Count());
        Assert.Equal(14, Forms.Put("/p", 1, ("BinX", "1")).Count());
        Assert.Equal(16, Forms.Put("/p", 1, ("Direction", "0"), ("Duration", "1")).Count());
    }

    [Fact]
    public void All_forms_differ()
    {
        var forms = Forms.Put("/p", 123456, ("Direction", "0"), ("Duration", "1")).Select(form => form.Request.Body).ToList();

        Assert.Equal(forms.Count, forms.Distinct().Count());
    }

    [Fact]
    public void Another_client_id_takes_the_place_of_ConformUs()
    {
        Assert.DoesNotContain(Forms.Get("/p", 77), form => form.Request.Query!.Contains("123456", StringComparison.Ordinal));
        Assert.Contains(Forms.Get("/p", 77), form => form.Request.Query == "ClientID=77&ClientTransactionID=-67890");
    }

    [Fact]
    public void Only_the_parameter_in_question_is_changed()
    {
        var bodies = Forms.Put("/p", 1, ("Duration", "2"), ("Light", "False")).Select(form => form.Request.Body).ToList();

        Assert.Contains("Duration=2&lIGHT=False&ClientID=1&ClientTransactionID=67890", bodies);
        Assert.Contains("Duration=asduio6fghZZ&Light=False&ClientID=1&ClientTransactionID=67890", bodies);
    }

    [Fact]
    public void Names_are_inverted_letter_by_letter() => Assert.Equal("sETccdtEMPERATURE", Forms.Inverted("SetCCDTemperature"));
}
