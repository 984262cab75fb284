using System.Text.Json;
using SeestarAlpaca.Conformance.Json;

namespace SeestarAlpaca.Conformance.Tests.Json;

public sealed class WireTypesTests
{
    /// <summary>Value, type, whether it is right.</summary>
    public static TheoryData<string, string, bool> Values => new()
    {
        { "true", nameof(WireType.Boolean), true }, { "1", nameof(WireType.Boolean), false }, { "\"true\"", nameof(WireType.Boolean), false },
        { "32767", nameof(WireType.Int16), true }, { "-32768", nameof(WireType.Int16), true }, { "32768", nameof(WireType.Int16), false },
        { "1.0", nameof(WireType.Int16), false }, { "1e0", nameof(WireType.Int32), false }, { "2147483647", nameof(WireType.Int32), true }, { "2147483648", nameof(WireType.Int32), false },
        { "1", nameof(WireType.Double), true }, { "1.5", nameof(WireType.Double), true }, { "\"NaN\"", nameof(WireType.Double), false }, { "null", nameof(WireType.Double), false },
        { "\"\"", nameof(WireType.Text), true }, { "null", nameof(WireType.Text), false },
        { "[]", nameof(WireType.TextList), true }, { "[\"a\"]", nameof(WireType.TextList), true }, { "[1]", nameof(WireType.TextList), false },
        { "[{\"Name\":\"CameraState\",\"Value\":0}]", nameof(WireType.StateList), true }, { "[{\"name\":\"CameraState\",\"value\":0}]", nameof(WireType.StateList), false },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_of_a_type_or_not(string json, string type, bool right)
    {
        using var document = JsonDocument.Parse(json);

        var problem = WireTypes.Problem(document.RootElement, Enum.Parse<WireType>(type));

        Assert.Equal(right, problem is null);
    }
}
