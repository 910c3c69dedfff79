// SPDX-License-Identifier: GPL-3.0-or-later

// nacos-sdk-go behind the conversation of ../README.md.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime/debug"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nacos-group/nacos-sdk-go/v2/clients"
	"github.com/nacos-group/nacos-sdk-go/v2/clients/config_client"
	"github.com/nacos-group/nacos-sdk-go/v2/common/constant"
	"github.com/nacos-group/nacos-sdk-go/v2/vo"
)

type command struct {
	Id        int    `json:"id"`
	Op        string `json:"op"`
	Client    string `json:"client"`
	Listener  string `json:"listener"`
	Server    string `json:"server"`
	Namespace string `json:"namespace"`
	User      string `json:"user"`
	Password  string `json:"password"`
	Folder    string `json:"folder"`
	DataId    string `json:"dataId"`
	Group     string `json:"group"`
	Content   string `json:"content"`
	Type      string `json:"type"`
	CasMd5    string `json:"casMd5"`
	What      string `json:"what"`
	Count     int    `json:"count"`
	Parallel  int    `json:"parallel"`
	Keys      int    `json:"keys"`
}

type answer map[string]any

var (
	output   = bufio.NewWriter(os.Stdout)
	saying   sync.Mutex
	registry sync.Map // client name -> config_client.IConfigClient
)

func say(document answer) {
	text, err := json.Marshal(document)
	if err != nil {
		text = []byte(`{"error":"not JSON"}`)
	}
	saying.Lock()
	defer saying.Unlock()
	output.Write(text)
	output.WriteByte('\n')
	output.Flush()
}

func client(name string) (config_client.IConfigClient, error) {
	if found, ok := registry.Load(name); ok {
		return found.(config_client.IConfigClient), nil
	}
	return nil, errors.New("no such client: " + name)
}

func connect(c command) (answer, error) {
	host, portText, err := net.SplitHostPort(c.Server)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, err
	}
	made, err := clients.NewConfigClient(vo.NacosClientParam{
		ClientConfig: &constant.ClientConfig{
			TimeoutMs: 20000, NamespaceId: c.Namespace, Username: c.User, Password: c.Password, NotLoadCacheAtStart: true,
			LogLevel: "error", LogDir: filepath.Join(c.Folder, "log"), CacheDir: filepath.Join(c.Folder, "cache"),
		},
		ServerConfigs: []constant.ServerConfig{*constant.NewServerConfig(host, port, constant.WithContextPath("/nacos"))},
	})
	if err != nil {
		return nil, err
	}
	registry.Store(c.Client, made)
	return answer{}, nil
}

func get(c command) (answer, error) {
	service, err := client(c.Client)
	if err != nil {
		return nil, err
	}
	content, err := service.GetConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group})
	if err != nil && strings.Contains(err.Error(), "config data not exist") {
		return answer{"content": nil}, nil
	}
	if err != nil {
		return nil, err
	}
	if content == "" { // this SDK's word for an absent one
		return answer{"content": nil}, nil
	}
	return answer{"content": content}, nil
}

func publish(c command) (answer, error) {
	service, err := client(c.Client)
	if err != nil {
		return nil, err
	}
	done, err := service.PublishConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group, Content: c.Content, Type: c.Type, CasMd5: c.CasMd5})
	if err != nil {
		return nil, err
	}
	return answer{"done": done}, nil
}

func remove(c command) (answer, error) {
	service, err := client(c.Client)
	if err != nil {
		return nil, err
	}
	done, err := service.DeleteConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group})
	if err != nil {
		return nil, err
	}
	return answer{"done": done}, nil
}

func listen(c command) (answer, error) {
	service, err := client(c.Client)
	if err != nil {
		return nil, err
	}
	// Listening again means from scratch: a listener that was added while the SDK waited for the answer to another one's
	// registration counts as registered but isn't, until its next full comparison.
	if err := service.CancelListenConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group}); err != nil {
		return nil, err
	}
	return answer{}, service.ListenConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group,
		OnChange: func(namespace, group, dataId, data string) {
			say(answer{"event": "changed", "client": c.Client, "namespace": namespace, "group": group, "dataId": dataId, "content": data})
		}})
}

func percentiles(into answer, times []time.Duration) answer {
	sort.Slice(times, func(a, b int) bool { return times[a] < times[b] })
	for name, share := range map[string]float64{"p50Ms": 0.50, "p95Ms": 0.95, "p99Ms": 0.99} {
		into[name] = 0.0
		if len(times) > 0 {
			at := int(share * float64(len(times)))
			if at >= len(times) {
				at = len(times) - 1
			}
			into[name] = float64(times[at].Microseconds()) / 1000
		}
	}
	return into
}

func bench(c command) (answer, error) {
	if c.Keys == 0 {
		c.Keys = 1
	}
	numbers := make(chan int)
	var lock sync.Mutex
	var times []time.Duration
	failed := 0
	var workers sync.WaitGroup
	began := time.Now()
	for i := 0; i < c.Parallel; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for n := range numbers {
				one := c
				one.DataId = fmt.Sprintf("%s%d", c.DataId, n%c.Keys)
				one.Content = fmt.Sprintf("%s%d", c.Content, n)
				started := time.Now()
				var err error
				if c.What == "get" {
					_, err = get(one)
				} else {
					_, err = publish(one)
				}
				took := time.Since(started)
				lock.Lock()
				times = append(times, took)
				if err != nil {
					failed++
				}
				lock.Unlock()
			}
		}()
	}
	for n := 0; n < c.Count; n++ {
		numbers <- n
	}
	close(numbers)
	workers.Wait()
	seconds := time.Since(began).Seconds()
	return percentiles(answer{"seconds": seconds, "perSecond": float64(c.Count) / seconds, "failed": failed}, times), nil
}

func latency(c command) (answer, error) {
	type arrival struct {
		content string
		at      time.Time
	}
	arrived := make(chan arrival, 1000)
	service, err := client(c.Listener)
	if err != nil {
		return nil, err
	}
	err = service.ListenConfig(vo.ConfigParam{DataId: c.DataId, Group: c.Group,
		OnChange: func(_, _, _, data string) { arrived <- arrival{data, time.Now()} }})
	if err != nil {
		return nil, err
	}
	var times []time.Duration
	for n := -1; n < c.Count; n++ { // number -1 waits for the subscription to stand
		one := c
		one.Content = fmt.Sprintf("latency %d", n)
		started := time.Now()
		if _, err := publish(one); err != nil {
			return nil, err
		}
		limit := time.After(30 * time.Second)
		for seen := false; !seen; {
			select {
			case a := <-arrived:
				seen = a.content == one.Content
				if seen && n >= 0 {
					times = append(times, a.at.Sub(started))
				}
			case <-limit:
				return nil, errors.New("no callback within 30 s")
			}
		}
	}
	return percentiles(answer{}, times), nil
}

var operations = map[string]func(command) (answer, error){
	"connect": connect, "get": get, "publish": publish, "remove": remove, "listen": listen, "bench": bench, "latency": latency,
}

func main() {
	sdk := "nacos-sdk-go"
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, module := range build.Deps {
			if module.Path == "github.com/nacos-group/nacos-sdk-go/v2" {
				sdk += " " + module.Version
			}
		}
	}
	say(answer{"event": "started", "sdk": sdk})
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64*1024*1024)
	for lines.Scan() {
		var c command
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			fmt.Fprintln(os.Stderr, "not a command:", err)
			os.Exit(2)
		}
		if c.Op == "quit" {
			return
		}
		operation, known := operations[c.Op]
		if !known {
			say(answer{"id": c.Id, "error": "no such operation: " + c.Op})
			continue
		}
		go func() {
			result, err := operation(c)
			if err != nil {
				result = answer{"error": err.Error()}
			}
			result["id"] = c.Id
			say(result)
		}()
	}
}
