using System.Text;
using SeestarAlpaca.Conformance.Json;

namespace SeestarAlpaca.Conformance.Tests.Json;

public sealed class JsonImageTests
{
    private const string Rest = "\"ClientTransactionID\":5,\"ServerTransactionID\":300,\"ErrorNumber\":0,\"ErrorMessage\":\"\"";

    [Fact]
    public void The_first_index_is_x()
    {
        var picture = Read($"{{\"Type\":2,\"Rank\":2,\"Value\":[[1,2,3],[4,5,6]],{Rest}}}").Picture!;

        Assert.Equal((2, 3, 1, 6), (picture.Width, picture.Height, picture.Planes, picture[1, 2]));
    }

    [Fact]
    public void The_third_index_is_the_plane()
    {
        var reading = Read($"{{\"Type\":2,\"Rank\":3,\"Value\":[[[1,2,3],[4,5,6]]],{Rest}}}");

        Assert.Empty(reading.Problems);
        Assert.Equal([1, 2, 3, 4, 5, 6], reading.Picture!.Values);
        Assert.Equal("1 × 2 × 3", reading.Picture.Shape);
    }

    [Theory]
    [InlineData("[[1,2],[3]]", "rows of 2 and of 1")]
    [InlineData("[[1,[2]]]", "depth")]
    [InlineData("[1,2]", "depth 1")]
    [InlineData("[[\"1\"]]", "String")]
    [InlineData("[[1.5]]", "whole numbers")]
    [InlineData("[[1,2,3,4,5,6,7]]", "more than 6 elements")]
    public void What_is_no_image_is_told(string value, string reason) =>
        Assert.Contains(reason, Read($"{{\"Type\":2,\"Rank\":2,\"Value\":{value},{Rest}}}").Unreadable, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"Value\":[[1]],\"Type\":2,\"Rank\":2", "after Value")]
    [InlineData("\"Type\":8,\"Rank\":2,\"Value\":[[1]]", "Type is 8")]
    [InlineData("\"Type\":2,\"Rank\":3,\"Value\":[[1]]", "Rank is 3")]
    public void A_wrong_form_is_a_problem(string image, string problem) =>
        Assert.Contains(Read($"{{{image},{Rest}}}").Problems, found => found.Text.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Pixels_are_left_out_for_the_envelope()
    {
        var body = JsonImage.WithoutPixels(Encoding.UTF8.GetBytes($"{{\"Type\":2,\"Rank\":2,\"Value\":[[1,2],[3,4]],{Rest}}}"));

        Assert.Equal($"{{\"Type\":2,\"Rank\":2,\"Value\":[],{Rest}}}", Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"Value\":[[1")]
    public void A_body_that_ends_early_is_left_as_it_is(string body) => Assert.Equal(body, Encoding.UTF8.GetString(JsonImage.WithoutPixels(Encoding.UTF8.GetBytes(body))));

    private static Conformance.ImageBytes.ImageReading Read(string body) => JsonImage.Read(Encoding.UTF8.GetBytes(body), 6);
}
