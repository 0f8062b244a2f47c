# syntax=docker/dockerfile:1
# Build: docker build -t opsconsole .      Run: docker run --read-only --tmpfs /tmp -v opsconsole:/data -p 127.0.0.1:8080:8080 opsconsole
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /src
ENV CI=true DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Package files first: a change of code alone then reuses the restored layer.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY Console.Core/Console.Core.csproj Console.Core/packages.lock.json Console.Core/
COPY Console.Web/Console.Web.csproj Console.Web/packages.lock.json Console.Web/BlazorAssets.targets Console.Web/
RUN dotnet restore Console.Web -r linux-x64 --locked-mode
COPY Console.Core Console.Core
COPY Console.Web Console.Web
RUN dotnet publish Console.Web -c Release -r linux-x64 --self-contained false -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled AS final
WORKDIR /app
COPY --from=build /app ./
# Everything that changes lies in /data; the rest of the file system may be read-only.
ENV OpsConsole__Data=/data DOTNET_EnableDiagnostics=0 PORT=8080
VOLUME /data
# 1654 is the non-root user "app" of this base image.
USER 1654
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/app/Console.Web", "health"]
# Cloud Run sends SIGTERM and waits 10 seconds; the console stops within 8.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/Console.Web"]
