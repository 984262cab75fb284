namespace SeestarAlpaca.Benchmarks.Support;

/// <summary>What a camera's client does, on a raw connection.</summary>
internal static class Exposures
{
    /// <summary>Connects, exposes and waits for the picture, asking for imageready every millisecond.</summary>
    public static async Task ExposeAsync(this RawHttpClient client, uint camera, double seconds)
    {
        await client.PutAsync(BenchServer.CameraPath(camera, "connected"), $"Connected=true&ClientID={client.Id}");
        await client.StartAsync(camera, seconds);
        await client.ReadyAsync(camera);
    }

    /// <summary>Connects and tries to expose until there is a stack; anew each time, since a camera's size is fixed while it is connected.</summary>
    public static async Task WaitForStackAsync(this RawHttpClient client, uint camera)
    {
        for (var left = 600; ; left--)
        {
            try
            {
                await client.ExposeAsync(camera, 0);
                return;
            }
            catch (InvalidOperationException) when (left > 0)
            {
                await client.DisconnectAsync(camera);
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }
        }
    }

    /// <summary>Ends the connection to a camera.</summary>
    public static Task DisconnectAsync(this RawHttpClient client, uint camera) => PutAsync(client, camera, "connected", "Connected=false");

    /// <summary>Chooses how stacks are picked.</summary>
    public static Task ReadoutModeAsync(this RawHttpClient client, uint camera, int mode) => PutAsync(client, camera, "readoutmode", $"ReadoutMode={mode}");

    /// <summary>Starts an exposure.</summary>
    public static Task StartAsync(this RawHttpClient client, uint camera, double seconds) =>
        PutAsync(client, camera, "startexposure", FormattableString.Invariant($"Duration={seconds}&Light=true"));

    /// <summary>Waits for the picture.</summary>
    public static async Task ReadyAsync(this RawHttpClient client, uint camera)
    {
        while (true)
        {
            await client.GetAsync($"{BenchServer.CameraPath(camera, "imageready")}?ClientID={client.Id}");
            if (client.LastBody.Contains("\"Value\":true", StringComparison.Ordinal))
            {
                return;
            }

            Require(client);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
    }

    /// <summary>Downloads the picture as ImageBytes.</summary>
    public static Task<long> DownloadAsync(this RawHttpClient client, uint camera) =>
        client.GetAsync($"{BenchServer.CameraPath(camera, "imagearray")}?ClientID={client.Id}", "application/imagebytes");

    private static async Task PutAsync(RawHttpClient client, uint camera, string member, string value)
    {
        await client.PutAsync(BenchServer.CameraPath(camera, member), $"{value}&ClientID={client.Id}");
        Require(client);
    }

    private static void Require(RawHttpClient client)
    {
        if (!client.LastBody.Contains("\"ErrorNumber\":0", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"The camera answered: {client.LastBody}");
        }
    }
}
