using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SeestarAlpaca.EndToEnd.Tests.Support;

/// <summary>What a camera answered: its value, or its refusal.</summary>
internal sealed record Answer(JsonElement Json)
{
    public int Error => Json.GetProperty("ErrorNumber").GetInt32();

    public string Message => Json.GetProperty("ErrorMessage").GetString()!;

    public JsonElement Value => Json.GetProperty(nameof(Value));
}

/// <summary>A downloaded picture: samples in the order [x][y][plane].</summary>
internal sealed record Picture(int Width, int Height, int Planes, int[] Samples)
{
    public int this[int x, int y, int plane = 0] => Samples[(((x * Height) + y) * Planes) + plane];
}

/// <summary>An Alpaca client of one camera, with readers of its own: nothing here is the server's code.</summary>
internal sealed class AlpacaClient(HttpClient http, uint camera, uint id)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<Answer> GetAsync(string member) => await ReadAsync(await http.GetAsync(Address(member), Cancellation));

    public async Task<Answer> PutAsync(string member, params (string Name, object Value)[] parameters)
    {
        var form = parameters.Append(("ClientID", id)).Select(p => KeyValuePair.Create(p.Item1, Convert.ToString(p.Item2, CultureInfo.InvariantCulture)));
        return await ReadAsync(await http.PutAsync($"api/v1/camera/{camera}/{member}", new FormUrlEncodedContent(form!), Cancellation));
    }

    public async Task ConnectAsync() => Require(await PutAsync("connected", ("Connected", true)));

    public Task DisconnectAsync() => PutAsync("connected", ("Connected", false));

    public async Task<int> NumberAsync(string member) => Require(await GetAsync(member)).Value.GetInt32();

    /// <summary>Sets bin and a subframe; the whole picture at that bin when none is given.</summary>
    public async Task FrameAsync(int bin, (int X, int Y, int Width, int Height)? area = null)
    {
        var (width, height) = (await NumberAsync("cameraxsize") / bin, await NumberAsync("cameraysize") / bin);
        var (x, y, numX, numY) = area ?? (0, 0, width, height);
        foreach (var (member, name, value) in new[]
        {
            ("binx", "BinX", bin), ("biny", "BinY", bin), ("startx", "StartX", x), ("starty", "StartY", y), ("numx", "NumX", numX), ("numy", "NumY", numY),
        })
        {
            Require(await PutAsync(member, (name, value)));
        }
    }

    public Task<Answer> StartAsync(double seconds) => PutAsync("startexposure", ("Duration", seconds), ("Light", true));

    /// <summary>Exposes and waits for the picture as clients do; the answer is the last one of imageready.</summary>
    public async Task<Answer> ExposeAsync(double seconds)
    {
        var started = await StartAsync(seconds);
        return started.Error == 0 ? await ReadyAsync() : started;
    }

    /// <summary>Asks for imageready until it is true or an error.</summary>
    public async Task<Answer> ReadyAsync()
    {
        while (true)
        {
            var ready = await GetAsync("imageready");
            if (ready.Error != 0 || ready.Value.GetBoolean())
            {
                return ready;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    public async Task<Picture> DownloadBytesAsync()
    {
        using var response = await RequestImageAsync("application/imagebytes", HttpCompletionOption.ResponseContentRead);
        Assert.Equal("application/imagebytes", response.Content.Headers.ContentType?.ToString());
        return ReadImageBytes(await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    public async Task<Picture> DownloadJsonAsync(string member = "imagearray")
    {
        var answer = Require(await GetAsync(member));
        return ReadJson(answer.Json);
    }

    public Task<HttpResponseMessage> RequestImageAsync(string accept, HttpCompletionOption completion)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address("imagearray"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return http.SendAsync(request, completion, Cancellation);
    }

    public static Picture ReadImageBytes(byte[] body)
    {
        int At(int offset) => BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(offset));
        Assert.Equal((1, 0, 44, 2, 8), (At(0), At(4), At(16), At(20), At(24)));
        var planes = At(28) == 3 ? At(40) : 1;
        var samples = new int[(body.Length - 44) / 2];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = BinaryPrimitives.ReadUInt16LittleEndian(body.AsSpan(44 + (2 * i)));
        }

        Assert.Equal(At(32) * At(36) * planes, samples.Length);
        return new Picture(At(32), At(36), planes, samples);
    }

    public static Answer Require(Answer answer) => answer.Error == 0 ? answer : throw new InvalidOperationException($"{answer.Error:X}: {answer.Message}");

    private static Picture ReadJson(JsonElement json)
    {
        Assert.Equal(2, json.GetProperty("Type").GetInt32());
        var columns = json.GetProperty("Value");
        var (width, height) = (columns.GetArrayLength(), columns[0].GetArrayLength());
        var planes = json.GetProperty("Rank").GetInt32() == 3 ? columns[0][0].GetArrayLength() : 1;
        var samples = columns.EnumerateArray().SelectMany(column => column.EnumerateArray())
            .SelectMany(pixel => planes == 1 ? [pixel.GetInt32()] : pixel.EnumerateArray().Select(sample => sample.GetInt32()));
        return new Picture(width, height, planes, [.. samples]);
    }

    private static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            using var document = JsonDocument.Parse(text);
            return new Answer(document.RootElement.Clone());
        }
    }

    private string Address(string member) => $"api/v1/camera/{camera}/{member}?ClientID={id}";
}
